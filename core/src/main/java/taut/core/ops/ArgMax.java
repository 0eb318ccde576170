package taut.core.ops;

import taut.core.DType;
import taut.core.NoDerivativeException;
import taut.core.Op;
import taut.core.Shape;
import taut.core.Storage;
import taut.core.Tensor;
import taut.core.TensorSpec;

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
    return new TensorSpec(shape.reduced(new int[] {axis}, false), DType.INT32);
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor x = inputs[0];
    Storage values = x.storage();
    Tensor output = Tensor.allocate(spec);
    int count = x.dim(axis);
    int inner = x.shape().strides()[axis];
    for (int o = 0; o < spec.shape().size(); o++) {
      int start = o / inner * inner * count + o % inner;
      int best = 0;
      for (int i = 1; i < count; i++) {
        double candidate = values.get(start + i * inner);
        double champion = values.get(start + best * inner);
        if (candidate > champion || (Double.isNaN(candidate) && !Double.isNaN(champion))) {
          best = i;
        }
      }
      output.storage().set(o, best);
    }
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
