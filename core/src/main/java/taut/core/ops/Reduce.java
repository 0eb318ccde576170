package taut.core.ops;

import java.util.Arrays;
import java.util.List;
import taut.core.DType;
import taut.core.FloatStorage.Pending;
import taut.core.Op;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.Kernels;

/// Reduces over some axes.
///
/// @param kind what is computed
/// @param axes the axes that are reduced, sorted, counted from 0
/// @param keepDims whether they stay with size 1
public record Reduce(Reduction kind, List<Integer> axes, boolean keepDims) implements Op {
  /// Returns the reduction of a shape over the named axes, or over all when none is named.
  public static Reduce of(Reduction kind, boolean keepDims, Shape shape, int... axes) {
    int[] sorted = shape.axes(kind.label(), axes);
    Integer[] boxed = new Integer[sorted.length];
    for (int i = 0; i < boxed.length; i++) {
      boxed[i] = sorted[i];
    }
    return new Reduce(kind, List.of(boxed), keepDims);
  }

  @Override
  public String label() {
    return kind.label();
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    DType dtype = inputs[0].dtype();
    if (dtype == DType.BOOL || (kind == Reduction.MEAN && dtype == DType.INT32)) {
      throw new IllegalArgumentException(
          label() + ": does not take " + dtype + " elements, got " + inputs[0] + "; cast it first");
    }
    return new TensorSpec(inputs[0].shape().reduced(axisArray(), keepDims), dtype);
  }

  /// Reduces one run of neighbouring axes at a time, the last first; each run is the middle of an
  /// [outer, count, inner] view.
  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor x = inputs[0];
    Reduction step = kind;
    boolean sums = kind == Reduction.SUM || kind == Reduction.MEAN;
    Pending pending = sums ? ElasticTerms.of(x) : null;
    if (pending != null && spec.shape().size() == 1) {
      // Σx² and Σ|x| in one pass over x, without writing x² or |x|.
      double sum = ElasticTerms.sum(pending);
      return Tensor.full(spec.shape(), kind == Reduction.MEAN ? sum / x.size() : sum, spec.dtype());
    }
    if (pending != null && kind == Reduction.SUM) {
      boolean squares = pending.square() == 1 && pending.absolute() == 0;
      boolean absolutes = pending.square() == 0 && pending.absolute() == 1;
      if (squares || absolutes) {
        x = pending.source().reshape(x.shape());
        step = squares ? Reduction.SUM_OF_SQUARES : Reduction.SUM_OF_ABSOLUTES;
      }
    }
    int end = axes.size();
    do {
      int begin = Math.max(0, end - 1);
      while (begin > 0 && axes.get(begin - 1) == axes.get(begin) - 1) {
        begin--;
      }
      int[] run = Arrays.copyOfRange(axisArray(), begin, end);
      int[] dims = x.shape().toArray();
      int first = run.length == 0 ? 0 : run[0];
      int outer = product(dims, 0, first);
      int count = product(dims, first, first + run.length);
      int inner = product(dims, first + run.length, dims.length);
      Shape shape = begin == 0 ? spec.shape() : x.shape().reduced(run, false);
      Tensor output = Tensor.allocate(new TensorSpec(shape, x.dtype()));
      Kernels.active().reduce(step, x.storage(), output.storage(), outer, count, inner);
      x = output;
      step = kind.combiner();
      end = begin;
    } while (end > 0);
    return x;
  }

  private static int product(int[] dims, int from, int to) {
    int product = 1;
    for (int i = from; i < to; i++) {
      product *= dims[i];
    }
    return product;
  }

  @Override
  public long flops(TensorSpec[] inputs, TensorSpec output) {
    return inputs[0].shape().size();
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    Tensor x = inputs[0];
    Tensor c = keep(cotangent, x);
    return switch (kind) {
      case SUM -> c.broadcastTo(x.shape());
      case MEAN -> c.div(count(x)).broadcastTo(x.shape());
      case MINIMUM, MAXIMUM -> c.mul(share(x, output));
      case SUM_OF_SQUARES -> Binary.SQUARE_GRADIENT.apply(c, x);
      case SUM_OF_ABSOLUTES -> Binary.TIMES_SIGN.apply(c, x);
      case PRODUCT -> c.mul(ProductOfOthers.of(x, axes));
    };
  }

  @Override
  public boolean accumulates(int input, Tensor[] inputs, boolean add) {
    return kind == Reduction.SUM_OF_SQUARES || kind == Reduction.SUM_OF_ABSOLUTES;
  }

  @Override
  public void accumulate(
      int input, Tensor[] inputs, Tensor output, Tensor cotangent, Tensor sum, boolean add) {
    Binary gradient = kind == Reduction.SUM_OF_SQUARES ? Binary.SQUARE_GRADIENT : Binary.TIMES_SIGN;
    ElasticNet.accumulate(gradient, keep(cotangent, inputs[0]), inputs[0], sum, add);
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    Tensor x = inputs[0];
    Tensor change =
        switch (kind) {
          case SUM -> tangent;
          case MEAN -> tangent.div(count(x));
          case MINIMUM, MAXIMUM -> tangent.mul(share(x, output));
          case SUM_OF_SQUARES -> Binary.SQUARE_GRADIENT.apply(tangent, x);
          case SUM_OF_ABSOLUTES -> Binary.TIMES_SIGN.apply(tangent, x);
          case PRODUCT -> tangent.mul(ProductOfOthers.of(x, axes));
        };
    return change.sum(keepDims, axisArray());
  }

  /// The part of the gradient that each element gets: extremes that tie share it equally.
  private Tensor share(Tensor x, Tensor output) {
    Tensor extreme = x.equal(keep(output, x)).cast(x.dtype());
    return extreme.div(extreme.sum(true, axisArray()));
  }

  private Tensor keep(Tensor reduced, Tensor x) {
    return reduced.reshape(x.shape().reduced(axisArray(), true));
  }

  private double count(Tensor x) {
    double count = 1;
    for (int axis : axes) {
      count *= x.dim(axis);
    }
    return count;
  }

  private int[] axisArray() {
    int[] array = new int[axes.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = axes.get(i);
    }
    return array;
  }
}
