package taut.core.ops;

import java.util.Arrays;
import taut.core.DType;
import taut.core.FloatStorage;
import taut.core.IntStorage;
import taut.core.NoDerivativeException;
import taut.core.Op;
import taut.core.Shape;
import taut.core.Storage;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Turns INT32 indices [...] into [..., classes] with 1 at the index and 0 elsewhere.
///
/// @param classes the size of the new last axis
/// @param dtype the type of the result
public record OneHot(int classes, DType dtype) implements Op {
  @Override
  public String label() {
    return "oneHot";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    if (inputs[0].dtype() != DType.INT32) {
      throw new IllegalArgumentException("oneHot: wants INT32 indices, got " + inputs[0]);
    }
    int rank = inputs[0].shape().rank();
    int[] dims = Arrays.copyOf(inputs[0].shape().toArray(), rank + 1);
    dims[rank] = classes;
    return new TensorSpec(Shape.of(dims), dtype);
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Labels.check("oneHot", inputs[0], classes);
    Tensor output = Tensor.full(spec.shape(), 0, dtype);
    int[] indices = ((IntStorage) inputs[0].storage()).array();
    Storage hot = output.storage();
    if (hot instanceof FloatStorage floats) {
      float[] elements = floats.array();
      for (int i = 0; i < indices.length; i++) {
        elements[floats.offset() + i * classes + indices[i]] = 1;
      }
    } else {
      for (int i = 0; i < indices.length; i++) {
        hot.set(i * classes + indices[i], 1);
      }
    }
    return output;
  }

  @Override
  public long flops(TensorSpec[] inputs, TensorSpec output) {
    return 0;
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    throw new NoDerivativeException(this, "indices are whole numbers");
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    throw new NoDerivativeException(this, "indices are whole numbers");
  }
}
