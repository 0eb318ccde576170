package taut.optim;

import java.util.Locale;
import java.util.function.BiConsumer;
import taut.autodiff.Gradients;
import taut.autodiff.Variable;
import taut.core.Shape;
import taut.core.Storage;
import taut.core.Tensor;
import taut.core.kernels.Kernels;
import taut.core.kernels.StepTerms;
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
  double globalScale(Gradients gradients) {
    if (kind != Kind.GLOBAL_NORM) {
      return 1;
    }
    Squares squares = new Squares();
    gradients.forEach(squares);
    return scale(Math.sqrt(squares.sum));
  }

  /// Adds up the squares of what will be updated.
  private static final class Squares implements BiConsumer<Variable, Tensor> {
    double sum;

    @Override
    public void accept(Variable variable, Tensor gradient) {
      if (variable.isTrainable()) {
        sum += sumOfSquares(gradient);
      }
    }
  }

  /// Returns how a step shall read a gradient.
  ///
  /// @param lost the share that weights lose, which is passed on
  StepTerms terms(Tensor gradient, double globalScale, double lost) {
    return switch (kind) {
      case NONE, GLOBAL_NORM -> new StepTerms(globalScale, Double.POSITIVE_INFINITY, lost);
      case NORM -> {
        double scale = scale(Math.sqrt(sumOfSquares(gradient)));
        yield new StepTerms(scale, Double.POSITIVE_INFINITY, lost);
      }
      case VALUE -> new StepTerms(1, limit, lost);
    };
  }

  /// Returns a gradient as a step shall read it: its own storage if nothing has to change, else the
  /// scratch storage with the clipped elements in it.
  static Storage apply(StepTerms terms, Storage gradient, Scratch scratch) {
    if (terms.scale() == 1 && terms.limit() == Double.POSITIVE_INFINITY) {
      return gradient;
    }
    Storage clipped = scratch.storage();
    for (int i = 0; i < gradient.length(); i++) {
      clipped.set(i, terms.gradient(gradient.get(i)));
    }
    return clipped;
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
