package taut.core.ops;

import java.util.Comparator;
import java.util.stream.IntStream;
import taut.core.DType;
import taut.core.NoDerivativeException;
import taut.core.Op;
import taut.core.Storage;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Finds the INT32 positions that sort each row along an axis; equal elements keep their order, NaN
/// sorts as largest.
///
/// @param axis the axis, counted from 0
/// @param descending whether the largest comes first
public record ArgSort(int axis, boolean descending) implements Op {
  @Override
  public String label() {
    return "argsort";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    return new TensorSpec(inputs[0].shape(), DType.INT32);
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor output = Tensor.allocate(spec);
    Storage x = inputs[0].storage();
    int count = spec.shape().dim(axis);
    int inner = spec.shape().stride(axis);
    int rows = count == 0 ? 0 : spec.shape().size() / count;
    for (int row = 0; row < rows; row++) {
      int start = row / inner * inner * count + row % inner;
      // Adding 0 makes -0 and 0 equal, which compare would order.
      Comparator<Integer> order = Comparator.comparingDouble(i -> x.get(start + i * inner) + 0.0);
      int[] sorted =
          IntStream.range(0, count)
              .boxed()
              .sorted(descending ? order.reversed() : order)
              .mapToInt(Integer::intValue)
              .toArray();
      for (int i = 0; i < count; i++) {
        output.storage().set(start + i * inner, sorted[i]);
      }
    }
    return output;
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    throw new NoDerivativeException(this, "positions are piecewise constant");
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    throw new NoDerivativeException(this, "positions are piecewise constant");
  }
}
