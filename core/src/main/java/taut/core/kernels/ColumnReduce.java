package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;

import java.util.Arrays;
import taut.core.ops.Reduction;

/// Reduces a float32 matrix of `count` rows and `inner` columns over its rows.
///
/// The rows are streamed once, four at a time, into one float32 accumulator per column
/// ([ColumnLoops]). Blocks of [#ROWS] rows and panels of [#PANEL] columns keep the error small, the
/// accumulators in the first-level cache, and several threads at work; the blocks are combined in
/// double, in their order.
///
/// Matrices narrower than a vector are seen as wider ones with fewer rows: with 10 columns and 16
/// lanes, 8 rows are one row of 80 columns, five whole vectors, and the 80 results are combined to
/// 10 at the end.
final class ColumnReduce {
  private static final int ROWS = 512;
  private static final int PANEL = 2048;

  private static final ThreadArray<double[]> TOTALS = new ThreadArray<>(double[]::new);
  private static final ThreadBuffer PARTIALS = new ThreadBuffer();
  private static final ThreadBuffer LAST_ROW = new ThreadBuffer();

  private ColumnReduce() {}

  /// Reduces the matrix at `xOffset` to `inner` values at `outOffset`.
  static void reduce(
      Reduction kind, float[] x, int xOffset, float[] out, int outOffset, int count, int inner) {
    double[] totals = TOTALS.atLeast(inner);
    Arrays.fill(totals, 0, inner, RowReduce.identity(kind));
    int merged = kind == Reduction.PRODUCT ? 0 : merge(kind, x, xOffset, count, inner, totals);
    for (int row = merged; row < count; row++) {
      for (int i = 0; i < inner; i++) {
        double element = RowReduce.ofOne(kind, x[xOffset + row * inner + i]);
        totals[i] = RowReduce.combine(kind, totals[i], element);
      }
    }
    double divisor = kind == Reduction.MEAN ? count : 1;
    for (int i = 0; i < inner; i++) {
      out[outOffset + i] = (float) (totals[i] / divisor);
    }
  }

  // Reduces as many rows as make whole wide rows, and returns their number.
  private static int merge(
      Reduction kind, float[] x, int xOffset, int count, int inner, double[] totals) {
    int together = inner < COUNT ? COUNT / Integer.lowestOneBit(inner | COUNT) : 1;
    int rows = count / together;
    if (rows < 2) {
      return 0;
    }
    int width = inner * together;
    int padded = Math.ceilDiv(width, COUNT) * COUNT;
    int panels = Math.ceilDiv(width, PANEL);
    int blocks = Math.ceilDiv(rows, ROWS);
    float[] partial = PARTIALS.atLeast(blocks * padded);
    Arrays.fill(partial, 0, blocks * padded, (float) RowReduce.identity(kind));
    Blocks.forEachRow(
        blocks * panels,
        Math.min(rows, ROWS) * Math.min(width, PANEL),
        (start, size) -> {
          for (int task = start; task < start + size; task++) {
            int block = task / panels;
            int column = task % panels * PANEL;
            int first = block * ROWS;
            accumulate(
                kind,
                x,
                xOffset + first * width + column,
                width,
                Math.min(ROWS, rows - first),
                partial,
                block * padded + column,
                Math.min(PANEL, padded - column));
          }
        });
    for (int block = 0; block < blocks; block++) {
      for (int row = 0; row < together; row++) {
        combine(kind, partial, block * padded + row * inner, totals, inner);
      }
    }
    return rows * together;
  }

  // The last vector of a row may reach into the next row: what it adds there lands in the padding
  // of the
  // accumulators. The last row of all may have nothing behind it, and is then copied to where there
  // is room.
  private static void accumulate(
      Reduction kind,
      float[] x,
      int offset,
      int stride,
      int rows,
      float[] into,
      int intoOffset,
      int width) {
    int last = offset + (rows - 1) * stride;
    boolean room = last + width <= x.length;
    ColumnLoops.accumulate(
        kind, x, offset, stride, room ? rows : rows - 1, into, intoOffset, width);
    if (!room) {
      float[] copy = LAST_ROW.atLeast(width);
      System.arraycopy(x, last, copy, 0, x.length - last);
      // What is beyond counts for padding only; numbers of an earlier call might be slow ones.
      Arrays.fill(copy, x.length - last, width, 0f);
      ColumnLoops.accumulate(kind, copy, 0, width, 1, into, intoOffset, width);
    }
  }

  private static void combine(Reduction kind, float[] x, int offset, double[] totals, int inner) {
    switch (kind) {
      case SUM, MEAN, SUM_OF_SQUARES, SUM_OF_ABSOLUTES -> {
        for (int i = 0; i < inner; i++) {
          totals[i] += x[offset + i];
        }
      }
      default -> {
        for (int i = 0; i < inner; i++) {
          totals[i] = RowReduce.combine(kind, totals[i], x[offset + i]);
        }
      }
    }
  }
}
