package taut.core.ops;

import taut.core.DType;
import taut.core.Op;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.Kernels;

/// Limits elements to [low, high]. The derivative is 1 from low to high, both included, and 0
/// outside, as in TensorFlow.
///
/// @param low the least value that comes out
/// @param high the greatest value that comes out
public record Clip(double low, double high) implements Op {
  /// Checks that there is something between the limits.
  public Clip {
    if (!(low <= high)) {
      throw new IllegalArgumentException("clip: low " + low + " is not ≤ high " + high);
    }
  }

  @Override
  public String label() {
    return "clip";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    DType dtype = inputs[0].dtype();
    if (dtype == DType.BOOL) {
      throw new IllegalArgumentException("clip: does not take BOOL elements, got " + inputs[0]);
    }
    if (dtype == DType.INT32 && (low != Math.rint(low) || high != Math.rint(high))) {
      throw new IllegalArgumentException(
          "clip: wants whole limits for " + inputs[0] + ", got " + low + " and " + high);
    }
    return inputs[0];
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor output = Tensor.allocate(spec);
    Kernels.active().clip(low, high, inputs[0].storage(), output.storage());
    return output;
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    Tensor x = inputs[0];
    Tensor inside = x.greaterEqual(low).and(x.lessEqual(high));
    return inside.where(cotangent, Tensor.scalar(0, x.dtype()));
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    return vjp(input, inputs, output, tangent);
  }
}
