package taut.core.kernels;

import java.util.Arrays;
import taut.core.FloatStorage;
import taut.core.Storage;
import taut.core.ops.Reduction;

/// What runs of penalties: SIMD loops for FLOAT32, the reference for FLOAT64.
///
/// Long arrays are split among threads at fixed places; sums are accumulated in float32 over
/// [RowReduce#BLOCK] elements and in double across them.
enum VectorPenaltyKernels implements PenaltyKernels {
  INSTANCE;

  private static final ThreadArray<double[]> PARTS = new ThreadArray<>(double[]::new);
  private static final ThreadBuffer SUMS = new ThreadBuffer();

  private final PenaltyKernels reference = ReferencePenaltyKernels.INSTANCE;

  @Override
  public double value(double absolute, double square, Storage x) {
    if (!(x instanceof FloatStorage xs)) {
      return reference.value(absolute, square, x);
    }
    float[] array = xs.array();
    int offset = xs.offset();
    if (absolute == 0) {
      return square == 0
          ? 0
          : square * VectorReduce.whole(Reduction.SUM_OF_SQUARES, array, offset, x.length());
    }
    if (square == 0) {
      return absolute * VectorReduce.whole(Reduction.SUM_OF_ABSOLUTES, array, offset, x.length());
    }
    int blocks = Math.ceilDiv(x.length(), Blocks.SIZE);
    double[] parts = PARTS.atLeast(blocks);
    Blocks.forEach(
        x.length(),
        (start, size) -> {
          // All at once where the array is short, else block by block: added up alike in either
          // case.
          for (int from = start; from < start + size; from += Blocks.SIZE) {
            int count = Math.min(Blocks.SIZE, start + size - from);
            parts[from / Blocks.SIZE] = both(absolute, square, array, offset + from, count);
          }
        });
    double sum = 0;
    for (int block = 0; block < blocks; block++) {
      sum += parts[block];
    }
    return sum;
  }

  private static double both(double absolute, double square, float[] x, int offset, int count) {
    float[] sums = SUMS.atLeast(2);
    double result = 0;
    for (int start = 0; start < count; start += RowReduce.BLOCK) {
      int size = Math.min(RowReduce.BLOCK, count - start);
      PenaltyLoops.sums(x, offset + start, size, sums);
      result += absolute * sums[0] + square * sums[1];
    }
    return result;
  }

  @Override
  public void elements(double absolute, double square, Storage x, Storage out) {
    if (x instanceof FloatStorage xs && out instanceof FloatStorage os) {
      float[] from = xs.array();
      float[] to = os.array();
      Blocks.forEach(
          out.length(),
          (start, size) ->
              PenaltyLoops.elements(
                  (float) absolute,
                  (float) square,
                  from,
                  xs.offset() + start,
                  to,
                  os.offset() + start,
                  size));
    } else {
      reference.elements(absolute, square, x, out);
    }
  }

  @Override
  public void gradient(double absolute, double square, Storage x, Storage sum, boolean add) {
    if (x instanceof FloatStorage xs && sum instanceof FloatStorage ss) {
      float[] from = xs.array();
      float[] to = ss.array();
      Blocks.forEach(
          sum.length(),
          (start, size) ->
              gradient(
                  (float) absolute,
                  (float) (2 * square),
                  from,
                  xs.offset() + start,
                  to,
                  ss.offset() + start,
                  size,
                  add));
    } else {
      reference.gradient(absolute, square, x, sum, add);
    }
  }

  private static void gradient(
      float absolute,
      float slope,
      float[] x,
      int from,
      float[] sum,
      int to,
      int count,
      boolean add) {
    if (absolute == 0 && slope == 0) {
      if (!add) {
        Arrays.fill(sum, to, to + count, 0f);
      }
    } else if (absolute == 0) {
      PenaltyLoops.line(slope, x, from, sum, to, count, add);
    } else if (slope == 0) {
      PenaltyLoops.signs(absolute, x, from, sum, to, count, add);
    } else {
      PenaltyLoops.both(absolute, slope, x, from, sum, to, count, add);
    }
  }
}
