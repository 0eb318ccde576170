package taut.optim;

import java.util.Collection;
import java.util.Locale;
import taut.core.Shape;
import taut.core.Storage;
import taut.core.Tensor;
import taut.core.kernels.Broadcast;
import taut.core.kernels.Kernels;
import taut.core.ops.Binary;
import taut.core.ops.Reduction;

/// Keeps gradients from being too large.
///
/// The kernels are called directly, not through ops: a step of an optimizer must not appear on any
/// tape. NaN stays NaN; one infinite element makes its norm infinite, and all others 0.
///
/// @param kind what is limited
/// @param limit the greatest size that passes
record Clipping(Kind kind, double limit) {
  /// What is limited.
  enum Kind {
    /// Nothing.
    NONE,
    /// The Euclidean norm of each variable's gradient.
    NORM,
    /// The Euclidean norm of all gradients together.
    GLOBAL_NORM,
    /// The size of each element.
    VALUE
  }

  static final Clipping NONE = new Clipping(Kind.NONE, 1);

  Clipping {
    Settings.requirePositive(limit, "clipping");
  }

  /// Returns what all gradients must be multiplied by, 1 unless their global norm is limited.
  double globalScale(Collection<Tensor> gradients) {
    if (kind != Kind.GLOBAL_NORM) {
      return 1;
    }
    double squares = 0;
    for (Tensor gradient : gradients) {
      squares += sumOfSquares(gradient);
    }
    return scale(Math.sqrt(squares));
  }

  /// Returns the gradient within the limit: its own storage if nothing has to change, else the
  /// scratch storage with the clipped elements in it.
  Storage apply(Tensor gradient, double globalScale, Scratch scratch) {
    double scale = kind == Kind.NORM ? scale(Math.sqrt(sumOfSquares(gradient))) : globalScale;
    if (kind == Kind.VALUE) {
      Storage out = scratch.storage();
      Kernels.active().clip(-limit, limit, gradient.storage(), out);
      return out;
    }
    if (scale == 1) {
      return gradient.storage();
    }
    Storage out = scratch.storage();
    Shape shape = gradient.shape();
    Kernels.active()
        .binary(
            Binary.MULTIPLY,
            gradient.storage(),
            Tensor.scalar(scale, gradient.dtype()).storage(),
            out,
            Broadcast.of(shape, Shape.SCALAR, shape));
    return out;
  }

  /// A place for the clipped elements of one gradient, made when it is first needed.
  interface Scratch {
    Storage storage();
  }

  private double scale(double norm) {
    return limit / Math.max(norm, limit);
  }

  private static double sumOfSquares(Tensor gradient) {
    Storage sum = Tensor.full(Shape.SCALAR, 0, gradient.dtype()).storage();
    Kernels.active()
        .reduce(Reduction.SUM_OF_SQUARES, gradient.storage(), sum, 1, gradient.size(), 1);
    return sum.get(0);
  }

  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + limit;
  }
}
