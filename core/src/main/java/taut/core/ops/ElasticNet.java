package taut.core.ops;

import taut.core.FloatStorage;
import taut.core.Op;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.Kernels;
import taut.core.kernels.PenaltyKernels;

/// Computes absolute·Σ|x| + square·Σx², the penalty of Zou and Hastie 2005, in one pass; the
/// derivative of |x| at 0 is 0. A term whose factor is 0 is left out.
///
/// @param absolute the factor of the absolute values
/// @param square the factor of the squares
public record ElasticNet(double absolute, double square) implements Op {
  @Override
  public String label() {
    return "elasticNet";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    if (!inputs[0].dtype().isFloating()) {
      throw new IllegalArgumentException(
          "elasticNet: wants floating-point elements, got " + inputs[0] + "; cast it first");
    }
    return new TensorSpec(Shape.SCALAR, inputs[0].dtype());
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    double value = PenaltyKernels.active().value(absolute, square, inputs[0].storage());
    return Tensor.scalar(value, spec.dtype());
  }

  @Override
  public long flops(TensorSpec[] inputs, TensorSpec output) {
    return 4L * inputs[0].shape().size();
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    return slope(inputs[0], cotangent);
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    return slope(inputs[0], tangent).sum();
  }

  /// Returns c · (absolute·sign(x) + 2·square·x) by operations that can be recorded.
  private Tensor slope(Tensor x, Tensor c) {
    if (absolute == 0) {
      return Binary.SQUARE_GRADIENT.apply(c.mul(square), x);
    }
    Tensor signs = Binary.TIMES_SIGN.apply(c.mul(absolute), x);
    return square == 0 ? signs : signs.add(Binary.SQUARE_GRADIENT.apply(c.mul(square), x));
  }

  @Override
  public boolean accumulates(int input, Tensor[] inputs, boolean add) {
    return true;
  }

  @Override
  public void accumulate(
      int input, Tensor[] inputs, Tensor output, Tensor cotangent, Tensor sum, boolean add) {
    double c = cotangent.item();
    if (c == 0) {
      // The kernel leaves out a term with factor 0, but 0 · NaN is NaN.
      put(slope(inputs[0], cotangent), sum, add);
    } else {
      PenaltyKernels.active()
          .gradient(c * absolute, c * square, inputs[0].storage(), sum.storage(), add);
    }
  }

  private static void put(Tensor contribution, Tensor sum, boolean add) {
    if (add) {
      Kernels.active().addInPlace(contribution.storage(), sum.storage());
    } else {
      sum.storage().copyFrom(contribution.storage(), 0, 0, sum.size());
    }
  }

  /// Puts c · d/dx of one term where gradients add up: 2cx of squares, c·sign(x) of absolute
  /// values.
  ///
  /// @param c one number for all elements, or one for each
  static void accumulate(Binary gradient, Tensor c, Tensor x, Tensor sum, boolean add) {
    boolean one = c.size() == 1 || (c.storage() instanceof FloatStorage f && f.isUniform());
    double factor = one && x.size() > 0 ? c.storage().get(0) : 0;
    if (factor != 0) {
      boolean squares = gradient == Binary.SQUARE_GRADIENT;
      PenaltyKernels.active()
          .gradient(squares ? 0 : factor, squares ? factor : 0, x.storage(), sum.storage(), add);
    } else if (add) {
      Kernels.active().addInPlace(gradient.apply(c, x).storage(), sum.storage());
    } else {
      gradient.into(sum, c, x);
    }
  }
}
