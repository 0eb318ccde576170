package taut.core.ops;

import java.util.Arrays;
import taut.core.Op;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Gives the elements, in their order, another shape; the storage is shared.
///
/// @param shape the shape of the result
public record Reshape(Shape shape) implements Op {
  /// Returns the shape that the sizes mean for a tensor: one of them may be -1.
  ///
  /// @throws IllegalArgumentException if the sizes do not fit the number of elements
  public static Shape resolve(Shape from, int... dims) {
    int[] result = dims.clone();
    int unknown = -1;
    long known = 1;
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] != -1) {
        known *= dims[i];
      } else if (unknown >= 0) {
        throw new IllegalArgumentException(
            "reshape: at most one size may be -1, got " + Arrays.toString(dims));
      } else {
        unknown = i;
      }
    }
    if (unknown >= 0) {
      if (known == 0 || from.size() % known != 0) {
        throw new IllegalArgumentException(
            "reshape: "
                + from
                + " has "
                + from.size()
                + " elements, which no size makes "
                + Arrays.toString(dims));
      }
      result[unknown] = (int) (from.size() / known);
    }
    return Shape.of(result);
  }

  @Override
  public String label() {
    return "reshape";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    if (inputs[0].shape().size() != shape.size()) {
      throw new IllegalArgumentException(
          "reshape: "
              + inputs[0].shape()
              + " has "
              + inputs[0].shape().size()
              + " elements, "
              + shape
              + " has "
              + shape.size());
    }
    return new TensorSpec(shape, inputs[0].dtype());
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    return Tensor.sharing(inputs[0], shape);
  }

  @Override
  public long flops(TensorSpec[] inputs, TensorSpec output) {
    return 0;
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    return cotangent.reshape(inputs[0].shape());
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    return tangent.reshape(shape);
  }
}
