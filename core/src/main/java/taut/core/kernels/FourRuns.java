package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.all;
import static taut.core.kernels.Lanes.load;

import jdk.incubator.vector.FloatVector;
import taut.core.ops.Reduction;

/// Reduces four runs of contiguous float32 elements at once, for arrays that no cache holds.
///
/// A core that reads one run after the other waits for memory; reading at four places, far from
/// each other, keeps more requests under way: a quarter more elements a second. One vector per run
/// is enough, and makes the compiler read each run in order.
///
/// A lane adds [#PIECE] / lanes elements in float32; the pieces are added in double. Little may
/// happen between two pieces, as no requests are sent meanwhile.
final class FourRuns {
  /// The number of elements of a run that are accumulated in float32.
  static final int PIECE = 2048;

  private FourRuns() {}

  /// Reduces four runs of `count` elements, the first at `offset`, `distance` apart; means are left
  /// as sums.
  ///
  /// @param totals the four results are written here, from `to` on
  static void reduce(
      Reduction kind, float[] x, int offset, int distance, int count, double[] totals, int to) {
    for (int run = 0; run < 4; run++) {
      totals[to + run] = RowReduce.identity(kind);
    }
    for (int start = 0; start < count; start += PIECE) {
      int size = Math.min(PIECE, count - start);
      int whole = size - size % COUNT;
      int from = offset + start;
      switch (kind) {
        case SUM, MEAN -> sums(x, from, distance, whole, totals, to);
        case SUM_OF_SQUARES -> squares(x, from, distance, whole, totals, to);
        case SUM_OF_ABSOLUTES -> absolutes(x, from, distance, whole, totals, to);
        case PRODUCT, MINIMUM, MAXIMUM -> one(kind, x, from, distance, whole, totals, to);
      }
      if (whole < size) {
        one(kind, x, from + whole, distance, size - whole, totals, to);
      }
    }
  }

  // One run after the other.
  private static void one(
      Reduction kind, float[] x, int offset, int distance, int count, double[] totals, int to) {
    for (int run = 0; run < 4; run++) {
      double result = RowReduce.reduce(kind, x, offset + run * distance, count);
      totals[to + run] = RowReduce.combine(kind, totals[to + run], result);
    }
  }

  private static void sums(float[] x, int a, int distance, int count, double[] totals, int to) {
    int b = a + distance;
    int c = b + distance;
    int d = c + distance;
    FloatVector sum0 = all(0f);
    FloatVector sum1 = sum0;
    FloatVector sum2 = sum0;
    FloatVector sum3 = sum0;
    for (int i = 0; i < count; i += COUNT) {
      sum0 = sum0.add(load(x, a + i));
      sum1 = sum1.add(load(x, b + i));
      sum2 = sum2.add(load(x, c + i));
      sum3 = sum3.add(load(x, d + i));
    }
    totals[to] += LaneSum.of(sum0);
    totals[to + 1] += LaneSum.of(sum1);
    totals[to + 2] += LaneSum.of(sum2);
    totals[to + 3] += LaneSum.of(sum3);
  }

  private static void squares(float[] x, int a, int distance, int count, double[] totals, int to) {
    int b = a + distance;
    int c = b + distance;
    int d = c + distance;
    FloatVector sum0 = all(0f);
    FloatVector sum1 = sum0;
    FloatVector sum2 = sum0;
    FloatVector sum3 = sum0;
    for (int i = 0; i < count; i += COUNT) {
      FloatVector x0 = load(x, a + i);
      sum0 = x0.fma(x0, sum0);
      FloatVector x1 = load(x, b + i);
      sum1 = x1.fma(x1, sum1);
      FloatVector x2 = load(x, c + i);
      sum2 = x2.fma(x2, sum2);
      FloatVector x3 = load(x, d + i);
      sum3 = x3.fma(x3, sum3);
    }
    totals[to] += LaneSum.of(sum0);
    totals[to + 1] += LaneSum.of(sum1);
    totals[to + 2] += LaneSum.of(sum2);
    totals[to + 3] += LaneSum.of(sum3);
  }

  private static void absolutes(
      float[] x, int a, int distance, int count, double[] totals, int to) {
    int b = a + distance;
    int c = b + distance;
    int d = c + distance;
    FloatVector sum0 = all(0f);
    FloatVector sum1 = sum0;
    FloatVector sum2 = sum0;
    FloatVector sum3 = sum0;
    for (int i = 0; i < count; i += COUNT) {
      sum0 = sum0.add(load(x, a + i).abs());
      sum1 = sum1.add(load(x, b + i).abs());
      sum2 = sum2.add(load(x, c + i).abs());
      sum3 = sum3.add(load(x, d + i).abs());
    }
    totals[to] += LaneSum.of(sum0);
    totals[to + 1] += LaneSum.of(sum1);
    totals[to + 2] += LaneSum.of(sum2);
    totals[to + 3] += LaneSum.of(sum3);
  }
}
