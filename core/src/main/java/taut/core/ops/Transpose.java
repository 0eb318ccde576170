package taut.core.ops;

import java.util.Arrays;
import java.util.List;
import taut.core.Op;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.Kernels;
import taut.core.kernels.Walk;

/// Reorders the axes.
///
/// @param order for each axis of the result, the axis of the input it is
public record Transpose(List<Integer> order) implements Op {
  /// Returns the op for a shape, with negative axes resolved.
  ///
  /// @throws IllegalArgumentException if the order does not name each axis once
  public static Transpose of(Shape shape, int... order) {
    int[] axes = order.clone();
    for (int i = 0; i < axes.length; i++) {
      axes[i] = shape.axis("transpose", axes[i]);
    }
    if (axes.length != shape.rank() || Arrays.stream(axes).distinct().count() != axes.length) {
      throw new IllegalArgumentException(
          "transpose: the order "
              + Arrays.toString(order)
              + " must name each axis of "
              + shape
              + " once");
    }
    return new Transpose(Arrays.stream(axes).boxed().toList());
  }

  @Override
  public String label() {
    return "transpose";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    Shape shape = inputs[0].shape();
    int[] dims = order.stream().mapToInt(shape::dim).toArray();
    return new TensorSpec(Shape.of(dims), inputs[0].dtype());
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    int[] strides = inputs[0].shape().strides();
    int[] walked = order.stream().mapToInt(axis -> strides[axis]).toArray();
    Tensor output = Tensor.allocate(spec);
    Kernels.active().copy(inputs[0].storage(), new Walk(0, spec.shape(), walked), output.storage());
    return output;
  }

  @Override
  public long flops(TensorSpec[] inputs, TensorSpec output) {
    return 0;
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    int[] inverse = new int[order.size()];
    for (int i = 0; i < inverse.length; i++) {
      inverse[order.get(i)] = i;
    }
    return cotangent.transpose(inverse);
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    return apply(tangent);
  }
}
