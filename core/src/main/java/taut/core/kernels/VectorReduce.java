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
  private static final ThreadArray<double[]> TOTALS = new ThreadArray<>(double[]::new);

  /// Rows of a large matrix are reduced four at a time from this many on: fewer would leave threads
  /// without work.
  private static final int FOUR_ROWS_FROM = 64;

  /// Rows shorter than this gain nothing from it.
  private static final int FOUR_ROWS_LENGTH = 64;

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
    boolean large = (long) outer * slice >= Blocks.PARALLEL_FROM;
    if (inner == 1 && large && outer >= FOUR_ROWS_FROM && count >= FOUR_ROWS_LENGTH) {
      rows(kind, x, xOffset, out, outOffset, outer, count);
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
        double result = whole(kind, x, from, count);
        out[outOffset + i] = (float) (kind == Reduction.MEAN ? result / count : result);
      } else {
        ColumnReduce.reduce(kind, x, from, out, outOffset + i * inner, count, inner);
      }
    }
  }

  /// Reduces one long array; a mean is left as a sum.
  static double whole(Reduction kind, float[] x, int offset, int count) {
    if (count < Blocks.PARALLEL_FROM) {
      return RowReduce.reduce(kind, x, offset, count);
    }
    int quarter = count / (4 * FourRuns.PIECE) * FourRuns.PIECE;
    int blocks = Math.ceilDiv(quarter, Blocks.SIZE);
    double[] parts = PARTS.atLeast(4 * blocks + 1);
    Parallel.forEach(
        blocks,
        block -> {
          int start = block * Blocks.SIZE;
          int size = Math.min(Blocks.SIZE, quarter - start);
          FourRuns.reduce(kind, x, offset + start, quarter, size, parts, 4 * block);
        });
    parts[4 * blocks] = RowReduce.reduce(kind, x, offset + 4 * quarter, count - 4 * quarter);
    double total = RowReduce.identity(kind);
    for (int part = 0; part <= 4 * blocks; part++) {
      total = RowReduce.combine(kind, total, parts[part]);
    }
    return total;
  }

  // The rows of the four quarters of a large matrix, four at a time.
  private static void rows(
      Reduction kind, float[] x, int xOffset, float[] out, int outOffset, int outer, int count) {
    int quarter = outer / 4;
    double divisor = kind == Reduction.MEAN ? count : 1;
    Blocks.forEachRow(
        quarter,
        4 * count,
        (start, size) -> {
          double[] totals = TOTALS.atLeast(4);
          for (int row = start; row < start + size; row++) {
            FourRuns.reduce(kind, x, xOffset + row * count, quarter * count, count, totals, 0);
            for (int run = 0; run < 4; run++) {
              out[outOffset + row + run * quarter] = (float) (totals[run] / divisor);
            }
          }
        });
    int done = 4 * quarter;
    slices(kind, x, xOffset + done * count, out, outOffset + done, outer - done, count, 1);
  }
}
