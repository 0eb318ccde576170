package taut.core.kernels;

import java.util.Arrays;
import taut.core.FloatStorage;

/// Sums a float32 array up to each element along its middle axis; what is carried is a double.
public final class CumulativeLoops {
  private CumulativeLoops() {}

  /// Writes the sums up to each element of x, seen as `[outer, count, inner]`.
  ///
  /// @param exclusive whether an element's own value is left out
  /// @param reverse whether the sums run from the last element to the first
  public static void sum(
      FloatStorage x, FloatStorage out, int count, int inner, boolean exclusive, boolean reverse) {
    int slice = count * inner;
    int step = reverse ? -inner : inner;
    int first = reverse ? slice - inner : 0;
    double[] sums = new double[inner];
    for (int start = 0; start < x.length(); start += slice) {
      int from = x.offset() + start + first;
      int to = out.offset() + start + first;
      if (inner == 1) {
        one(x.array(), from, out.array(), to, count, step, exclusive);
      } else {
        Arrays.fill(sums, 0);
        for (int c = 0; c < count; c++) {
          row(x.array(), from + c * step, out.array(), to + c * step, sums, exclusive);
        }
      }
    }
  }

  private static void one(
      float[] x, int from, float[] out, int to, int count, int step, boolean exclusive) {
    double sum = 0;
    for (int c = 0; c < count; c++) {
      double next = sum + x[from + c * step];
      out[to + c * step] = (float) (exclusive ? sum : next);
      sum = next;
    }
  }

  private static void row(
      float[] x, int from, float[] out, int to, double[] sums, boolean exclusive) {
    if (exclusive) {
      for (int i = 0; i < sums.length; i++) {
        out[to + i] = (float) sums[i];
        sums[i] += x[from + i];
      }
    } else {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += x[from + i];
        out[to + i] = (float) sums[i];
      }
    }
  }
}
