package taut.core.ops;

import java.util.Arrays;
import taut.core.DType;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// The rules that all element-wise ops share: equal types, broadcast shapes, and the way back from
/// a broadcast shape.
final class Elementwise {
  private Elementwise() {}

  static DType sameDType(String op, TensorSpec a, TensorSpec b) {
    if (a.dtype() != b.dtype()) {
      throw new IllegalArgumentException(
          op + ": element types differ: " + a + " and " + b + "; cast one of them");
    }
    return a.dtype();
  }

  /// Returns what all inputs are.
  static TensorSpec alike(String op, TensorSpec... inputs) {
    for (TensorSpec input : inputs) {
      if (!input.dtype().isFloating() || !input.equals(inputs[0])) {
        throw new IllegalArgumentException(
            op
                + ": wants floating-point inputs of one type and shape, got "
                + Arrays.toString(inputs));
      }
    }
    return inputs[0];
  }

  static Shape broadcast(String op, TensorSpec a, TensorSpec b) {
    try {
      return a.shape().broadcast(b.shape());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(op + ": " + e.getMessage(), e);
    }
  }

  /// Sums over the axes along which a tensor of the given shape was broadcast: the adjoint of
  /// broadcasting.
  static Tensor sumTo(Tensor x, Shape shape) {
    if (x.shape().equals(shape)) {
      return x;
    }
    int lead = x.rank() - shape.rank();
    Reduce sum =
        Reduce.over(
            Reduction.SUM,
            false,
            x.rank(),
            axis -> axis < lead || (shape.dim(axis - lead) == 1 && x.dim(axis) != 1));
    return (sum.axes().isEmpty() ? x : sum.apply(x)).reshape(shape);
  }
}
