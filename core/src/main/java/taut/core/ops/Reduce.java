package taut.core.ops;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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
  /// The reductions of tensors with at most this many axes are made once.
  private static final int MADE_ONCE = 6;

  private static final int KINDS = Reduction.values().length;

  /// By kind, `keepDims`, and the set of the axes as bits.
  private static final @Nullable Reduce[] MADE = new Reduce[(2 * KINDS) << MADE_ONCE];

  /// Returns the reduction of a shape over the named axes, or over all when none is named.
  public static Reduce of(Reduction kind, boolean keepDims, Shape shape, int... axes) {
    int[] sorted = shape.axes(kind.label(), axes);
    return over(kind, keepDims, shape.rank(), axis -> Arrays.binarySearch(sorted, axis) >= 0);
  }

  /// Returns the reduction of a shape over all axes.
  public static Reduce ofAll(Reduction kind, Shape shape) {
    return over(kind, false, shape.rank(), axis -> true);
  }

  /// Returns the reduction of a shape over one axis.
  public static Reduce ofOne(Reduction kind, Shape shape, int axis) {
    int chosen = shape.axis(kind.label(), axis);
    return over(kind, false, shape.rank(), candidate -> candidate == chosen);
  }

  /// Returns the reduction over those of the axes that are chosen.
  static Reduce over(Reduction kind, boolean keepDims, int rank, IntPredicate chosen) {
    if (rank > MADE_ONCE) {
      return new Reduce(kind, IntStream.range(0, rank).filter(chosen).boxed().toList(), keepDims);
    }
    int bits = 0;
    for (int axis = 0; axis < rank; axis++) {
      bits |= chosen.test(axis) ? 1 << axis : 0;
    }
    int place = ((kind.ordinal() + (keepDims ? KINDS : 0)) << MADE_ONCE) + bits;
    Reduce made = MADE[place];
    if (made == null) {
      made = new Reduce(kind, listed(bits), keepDims);
      MADE[place] = made;
    }
    return made;
  }

  private static List<Integer> listed(int bits) {
    return IntStream.range(0, MADE_ONCE).filter(axis -> (bits >> axis & 1) != 0).boxed().toList();
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
    return new TensorSpec(inputs[0].shape().reduced(axes, keepDims), dtype);
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
      int first = end == 0 ? 0 : axes.get(begin);
      int behind = first + end - begin;
      int outer = product(x, 0, first);
      int count = product(x, first, behind);
      int inner = product(x, behind, x.rank());
      Shape shape = begin == 0 ? spec.shape() : x.shape().reduced(axes.subList(begin, end), false);
      Tensor output = Tensor.allocate(new TensorSpec(shape, x.dtype()));
      Kernels.active().reduce(step, x.storage(), output.storage(), outer, count, inner);
      x = output;
      step = kind.combiner();
      end = begin;
    } while (end > 0);
    return x;
  }

  private static int product(Tensor x, int from, int to) {
    int product = 1;
    for (int i = from; i < to; i++) {
      product *= x.dim(i);
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
    return new Reduce(Reduction.SUM, axes, keepDims).apply(change);
  }

  /// The part of the gradient that each element gets: extremes that tie share it equally.
  private Tensor share(Tensor x, Tensor output) {
    Tensor extreme = x.equal(keep(output, x)).cast(x.dtype());
    return extreme.div(new Reduce(Reduction.SUM, axes, true).apply(extreme));
  }

  private Tensor keep(Tensor reduced, Tensor x) {
    return reduced.reshape(x.shape().reduced(axes, true));
  }

  private double count(Tensor x) {
    double count = 1;
    for (int i = 0; i < axes.size(); i++) {
      count *= x.dim(axes.get(i));
    }
    return count;
  }
}
