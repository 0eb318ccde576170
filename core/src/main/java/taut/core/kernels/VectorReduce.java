package taut.core.kernels;

import java.util.Objects;
import taut.core.ops.Reduction;

/// Reduces float32 arrays over one axis.
///
/// x is seen as `[outer, count, inner]` and reduced over its middle axis to `[outer, inner]`: row
/// sums with `inner = 1`, column sums with `outer = 1`. Sums are accumulated in float32 over short
/// stretches and in double across them, so their relative error (against the sum of magnitudes)
/// stays below 1e-5 at any length. The order of the additions follows from the sizes and the vector
/// length, never from the number of threads. NaN propagates, through `MINIMUM` and `MAXIMUM` too.
///
/// For no elements a sum is 0, a mean NaN, a product 1, a minimum `+Inf` and a maximum `-Inf`.
public final class VectorReduce {
  private static final ThreadArray<double[]> PARTS = new ThreadArray<>(double[]::new);

  private VectorReduce() {}

  /// Writes the `outer·inner` results to `out`, which must not overlap x.
  ///
  /// @param kind what to make of the elements
  /// @param x the elements
  /// @param xOffset where they begin
  /// @param out the results
  /// @param outOffset where they begin
  /// @param outer the number of slices before the axis
  /// @param count the length of the axis
  /// @param inner the number of elements behind the axis
  /// @throws IndexOutOfBoundsException when a range leaves its array
  public static void apply(
      Reduction kind,
      float[] x,
      int xOffset,
      float[] out,
      int outOffset,
      int outer,
      int count,
      int inner) {
    int slice = Math.multiplyExact(count, inner);
    Objects.checkFromIndexSize(xOffset, Math.multiplyExact(outer, slice), x.length);
    Objects.checkFromIndexSize(outOffset, Math.multiplyExact(outer, inner), out.length);
    if (slice >= Blocks.PARALLEL_FROM) {
      // Few long slices: each is split by itself.
      slices(kind, x, xOffset, out, outOffset, outer, count, inner);
      return;
    }
    Blocks.forEachRow(
        outer,
        Math.max(1, slice),
        (start, size) ->
            slices(
                kind,
                x,
                xOffset + start * slice,
                out,
                outOffset + start * inner,
                size,
                count,
                inner));
  }

  private static void slices(
      Reduction kind,
      float[] x,
      int xOffset,
      float[] out,
      int outOffset,
      int outer,
      int count,
      int inner) {
    for (int i = 0; i < outer; i++) {
      int from = xOffset + i * count * inner;
      if (inner == 1) {
        double result = row(kind, x, from, count);
        out[outOffset + i] = (float) (kind == Reduction.MEAN ? result / count : result);
      } else {
        ColumnReduce.reduce(kind, x, from, out, outOffset + i * inner, count, inner);
      }
    }
  }

  private static double row(Reduction kind, float[] x, int offset, int count) {
    if (count < Blocks.PARALLEL_FROM) {
      return RowReduce.reduce(kind, x, offset, count);
    }
    int blocks = Math.ceilDiv(count, Blocks.SIZE);
    double[] parts = PARTS.atLeast(blocks);
    Blocks.forEach(
        count,
        (start, size) ->
            parts[start / Blocks.SIZE] = RowReduce.reduce(kind, x, offset + start, size));
    double result = RowReduce.identity(kind);
    for (int block = 0; block < blocks; block++) {
      result = RowReduce.combine(kind, result, parts[block]);
    }
    return result;
  }
}
