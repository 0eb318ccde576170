package taut.core.ops;

import taut.core.DType;
import taut.core.NoDerivativeException;
import taut.core.Op;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.IndexKernels;

/// Finds the INT32 index of the largest element along an axis, the first among equals; NaN counts
/// as largest.
///
/// @param axis the axis, counted from 0
public record ArgMax(int axis) implements Op {
  @Override
  public String label() {
    return "argmax";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    Shape shape = inputs[0].shape();
    if (shape.dim(axis) == 0) {
      throw new IllegalArgumentException(
          "argmax: axis " + axis + " of " + shape + " has no elements to choose from");
    }
    return new TensorSpec(shape.without(axis), DType.INT32);
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor output = Tensor.allocate(spec);
    int count = inputs[0].dim(axis);
    int inner = inputs[0].shape().stride(axis);
    int outer = inner == 0 ? 0 : spec.shape().size() / inner;
    IndexKernels.active().argMax(inputs[0].storage(), output.storage(), outer, count, inner);
    return output;
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    throw new NoDerivativeException(this, "the index is piecewise constant");
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    throw new NoDerivativeException(this, "the index is piecewise constant");
  }
}
