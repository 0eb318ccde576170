package taut.core.ops;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import taut.core.Op;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.Kernels;
import taut.core.kernels.Recent;
import taut.core.kernels.Walk;

/// Picks, along every axis, the elements begin, begin + step, begin + 2·step, …
///
/// @param begin the first index along each axis
/// @param step the distance between picked elements, which may be negative
/// @param shape how many are picked along each axis
public record Slice(List<Integer> begin, List<Integer> step, Shape shape) implements Op {
  /// Checks that there is a begin and a step for each axis.
  ///
  /// @throws IllegalArgumentException if there is not, or if a step is 0
  public Slice {
    begin = List.copyOf(begin);
    step = List.copyOf(step);
    if (begin.size() != shape.rank() || step.size() != shape.rank() || step.contains(0)) {
      throw new IllegalArgumentException(
          "slice: wants a begin and a step other than 0 for each axis of "
              + shape
              + ", got begin "
              + begin
              + " and step "
              + step);
    }
  }

  /// Returns the slice that takes begin up to, not including, end along one axis; negative
  /// positions count from the end.
  ///
  /// @throws IllegalArgumentException if the range is not within the axis
  public static Slice along(Shape shape, int axis, int begin, int end) {
    int at = shape.axis("slice", axis);
    int dim = shape.dim(at);
    int from = begin < 0 ? begin + dim : begin;
    int to = end < 0 ? end + dim : end;
    if (from < 0 || to > dim || from > to) {
      throw new IllegalArgumentException(
          "slice: " + begin + " to " + end + " is no range within axis " + axis + " of " + shape);
    }
    return RANGES.get(new Range(shape, at, from, to), Range::slice);
  }

  /// A range of one axis.
  private record Range(Shape shape, int axis, int begin, int end) {
    Slice slice() {
      List<Integer> starts =
          IntStream.range(0, shape.rank()).map(i -> i == axis ? begin : 0).boxed().toList();
      List<Integer> steps = Collections.nCopies(shape.rank(), 1);
      return new Slice(starts, steps, shape.with(axis, end - begin));
    }
  }

  private static final Recent<Range, Slice> RANGES = new Recent<>();

  /// Returns the slice that takes every step-th element along one axis, from begin to before end.
  ///
  /// @throws IllegalArgumentException if the step is 0 or a position that is taken is outside the
  ///   axis
  public static Slice stepping(Shape shape, int axis, int begin, int end, int step) {
    if (step == 0) {
      throw new IllegalArgumentException("slice: the step must not be 0");
    }
    int at = shape.axis("slice", axis);
    int count = Math.max(0, Math.ceilDiv(end - begin, step));
    List<Integer> starts =
        IntStream.range(0, shape.rank()).map(i -> i == at ? begin : 0).boxed().toList();
    List<Integer> steps =
        IntStream.range(0, shape.rank()).map(i -> i == at ? step : 1).boxed().toList();
    return new Slice(starts, steps, shape.with(at, count));
  }

  /// Returns the slice that takes everything, backwards along the given axes (numbers from 0).
  public static Slice backwards(Shape shape, int... axes) {
    Integer[] starts = new Integer[shape.rank()];
    Integer[] steps = new Integer[shape.rank()];
    Arrays.fill(starts, 0);
    Arrays.fill(steps, 1);
    for (int axis : axes) {
      starts[axis] = shape.dim(axis) - 1;
      steps[axis] = -1;
    }
    return new Slice(List.of(starts), List.of(steps), shape);
  }

  @Override
  public String label() {
    return "slice";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    return infer(inputs[0]);
  }

  private TensorSpec infer(TensorSpec input) {
    Shape from = input.shape();
    if (from.rank() != shape.rank()) {
      throw new IllegalArgumentException("slice: made for rank " + shape.rank() + ", got " + input);
    }
    for (int i = 0; i < from.rank(); i++) {
      long last = begin.get(i) + (shape.dim(i) - 1L) * step.get(i);
      boolean inside =
          begin.get(i) >= 0 && begin.get(i) < from.dim(i) && last >= 0 && last < from.dim(i);
      if (shape.dim(i) > 0 && !inside) {
        throw new IllegalArgumentException(
            "slice: indices " + begin.get(i) + " to " + last + " leave axis " + i + " of " + from);
      }
    }
    return new TensorSpec(shape, input.dtype());
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor output = Tensor.allocate(spec);
    Kernels.active().copy(inputs[0].storage(), walk(inputs[0].shape()), output.storage());
    return output;
  }

  /// A slice of tensors of one shape.
  private record Source(Slice slice, Shape from) {}

  private static final Recent<Source, Walk> WALKS = new Recent<>();

  private Walk walk(Shape from) {
    return WALKS.get(new Source(this, from), source -> source.slice.newWalk(source.from));
  }

  private Walk newWalk(Shape from) {
    int[] strides = from.strides();
    int offset = 0;
    for (int i = 0; i < strides.length; i++) {
      offset += begin.get(i) * strides[i];
      strides[i] *= step.get(i);
    }
    return new Walk(offset, shape, strides);
  }

  @Override
  public long flops(TensorSpec[] inputs, TensorSpec output) {
    return 0;
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    return new Scatter(this, inputs[0].shape()).apply(cotangent);
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    return apply(tangent);
  }

  /// Puts a tensor into zeros, at the places that a slice picks: the adjoint of that slice.
  ///
  /// @param slice where the elements go
  /// @param shape the shape of the result
  public record Scatter(Slice slice, Shape shape) implements Op {
    @Override
    public String label() {
      return "sliceScatter";
    }

    @Override
    public TensorSpec infer(TensorSpec... inputs) {
      TensorSpec result = new TensorSpec(shape, inputs[0].dtype());
      if (!slice.infer(result).equals(inputs[0])) {
        throw new IllegalArgumentException(
            "sliceScatter: wants what the slice picks, " + slice.shape() + ", got " + inputs[0]);
      }
      return result;
    }

    @Override
    public Tensor run(TensorSpec spec, Tensor... inputs) {
      Tensor output = Tensor.full(shape, 0, spec.dtype());
      Kernels.active().scatter(inputs[0].storage(), slice.walk(shape), output.storage());
      return output;
    }

    @Override
    public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
      return slice.apply(cotangent);
    }

    @Override
    public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
      return apply(tangent);
    }
  }
}
