package taut.core.ops;

import taut.core.DType;
import taut.core.NoDerivativeException;
import taut.core.Op;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.IndexKernels;

/// Converts elements to another type.
///
/// @param dtype the type of the result
public record Cast(DType dtype) implements Op {
  @Override
  public String label() {
    return "cast";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    return new TensorSpec(inputs[0].shape(), dtype);
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor output = Tensor.allocate(spec);
    IndexKernels.active().cast(inputs[0].storage(), output.storage());
    return output;
  }

  /// Between floating-point types the derivative is 1; to or from whole numbers there is none.
  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    checkFloating(inputs[0]);
    return cotangent.cast(inputs[0].dtype());
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    checkFloating(inputs[0]);
    return tangent.cast(dtype);
  }

  private void checkFloating(Tensor x) {
    if (!x.dtype().isFloating() || !dtype.isFloating()) {
      throw new NoDerivativeException(this, "whole numbers are piecewise constant");
    }
  }
}
