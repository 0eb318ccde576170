package taut.core.ops;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import taut.core.Op;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.Kernels;
import taut.core.kernels.Recent;
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

  /// Two axes of a tensor.
  private record Pair(int rank, int first, int second) {
    Transpose exchange() {
      return new Transpose(
          IntStream.range(0, rank)
              .map(i -> i == first ? second : i == second ? first : i)
              .boxed()
              .toList());
    }
  }

  private static final Recent<Pair, Transpose> EXCHANGES = new Recent<>();

  /// Returns the op that exchanges two axes, numbers from 0.
  public static Transpose exchanging(int rank, int first, int second) {
    return EXCHANGES.get(new Pair(rank, first, second), Pair::exchange);
  }

  @Override
  public String label() {
    return "transpose";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    return new TensorSpec(inputs[0].shape().permuted(order), inputs[0].dtype());
  }

  /// This op for tensors of one shape.
  private record Source(Transpose op, Shape from) {
    Walk walk() {
      int[] strides = from.strides();
      int[] walked = op.order.stream().mapToInt(axis -> strides[axis]).toArray();
      return new Walk(0, from.permuted(op.order), walked);
    }
  }

  private static final Recent<Source, Walk> WALKS = new Recent<>();

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor output = Tensor.allocate(spec);
    Walk walk = WALKS.get(new Source(this, inputs[0].shape()), Source::walk);
    Kernels.active().copy(inputs[0].storage(), walk, output.storage());
    return output;
  }

  @Override
  public long flops(TensorSpec[] inputs, TensorSpec output) {
    return 0;
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    return INVERSES.get(this, Transpose::inverse).apply(cotangent);
  }

  private static final Recent<Transpose, Transpose> INVERSES = new Recent<>();

  private Transpose inverse() {
    return new Transpose(IntStream.range(0, order.size()).map(order::indexOf).boxed().toList());
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    return apply(tangent);
  }
}
