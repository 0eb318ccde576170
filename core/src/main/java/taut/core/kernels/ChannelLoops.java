package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.load;

import jdk.incubator.vector.FloatVector;

/// Loops over positions and channels that treat each channel by itself: element c of position p is
/// at `offset + p * step + c`.
final class ChannelLoops {
  private ChannelLoops() {}

  /// Adds x∘f to `sums` at each of `count` positions, with one factor f a channel.
  static void multiplyAdd(
      int count,
      int channels,
      float[] x,
      int xOffset,
      int xStep,
      float[] factors,
      int factorsOffset,
      float[] sums,
      int sumsOffset,
      int sumsStep) {
    int c = 0;
    for (; c <= channels - COUNT; c += COUNT) {
      FloatVector factor = load(factors, factorsOffset + c);
      for (int p = 0; p < count; p++) {
        int to = sumsOffset + p * sumsStep + c;
        load(x, xOffset + p * xStep + c).fma(factor, load(sums, to)).intoArray(sums, to);
      }
    }
    for (; c < channels; c++) {
      float factor = factors[factorsOffset + c];
      for (int p = 0; p < count; p++) {
        int to = sumsOffset + p * sumsStep + c;
        sums[to] = Math.fma(x[xOffset + p * xStep + c], factor, sums[to]);
      }
    }
  }

  /// Adds the sum of x∘y over `count` positions to `sums`, one sum a channel.
  static void addProducts(
      int count,
      int channels,
      float[] x,
      int xOffset,
      int xStep,
      float[] y,
      int yOffset,
      int yStep,
      float[] sums,
      int sumsOffset) {
    int c = 0;
    for (; c <= channels - COUNT; c += COUNT) {
      FloatVector sum = load(sums, sumsOffset + c);
      for (int p = 0; p < count; p++) {
        sum = load(x, xOffset + p * xStep + c).fma(load(y, yOffset + p * yStep + c), sum);
      }
      sum.intoArray(sums, sumsOffset + c);
    }
    for (; c < channels; c++) {
      float sum = sums[sumsOffset + c];
      for (int p = 0; p < count; p++) {
        sum = Math.fma(x[xOffset + p * xStep + c], y[yOffset + p * yStep + c], sum);
      }
      sums[sumsOffset + c] = sum;
    }
  }

  /// Sets out to x divided by the divisor of the position, at positions without gaps between them;
  /// a divisor of 0 counts as 1, for sums of nothing.
  static void divide(
      int count, int channels, float[] x, int xOffset, int[] divisors, float[] out, int outOffset) {
    for (int p = 0; p < count; p++) {
      float divisor = Math.max(1, divisors[p]);
      int from = xOffset + p * channels;
      int to = outOffset + p * channels;
      int c = 0;
      for (; c <= channels - COUNT; c += COUNT) {
        load(x, from + c).div(divisor).intoArray(out, to + c);
      }
      for (; c < channels; c++) {
        out[to + c] = x[from + c] / divisor;
      }
    }
  }
}
