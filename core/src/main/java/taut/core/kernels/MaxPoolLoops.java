package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.all;
import static taut.core.kernels.Lanes.load;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// The loops of maximum pooling along one row of the output, for windows that stay inside the
/// input: element t of the window at position p is `taps[t]` behind `start + p * step`.
///
/// The first of equal elements is the champion. One wins if it is not at most as large, so larger
/// or NaN on either side; against a NaN nothing wins.
final class MaxPoolLoops {
  private MaxPoolLoops() {}

  private static VectorMask<Float> wins(FloatVector value, FloatVector champion) {
    return value
        .compare(VectorOperators.LE, champion)
        .not()
        .andNot(champion.test(VectorOperators.IS_NAN));
  }

  private static boolean wins(float value, float champion) {
    return !(value <= champion) && !Float.isNaN(champion);
  }

  /// Takes the maximum under each of `count` windows.
  static void maximum(
      int count, int channels, float[] x, int start, int step, int[] taps, float[] out, int to) {
    for (int p = 0; p < count; p++) {
      int from = start + p * step;
      int at = to + p * channels;
      int c = 0;
      for (; c <= channels - COUNT; c += COUNT) {
        FloatVector champion = load(x, from + c);
        for (int t = 1; t < taps.length; t++) {
          FloatVector value = load(x, from + taps[t] + c);
          champion = champion.blend(value, wins(value, champion));
        }
        champion.intoArray(out, at + c);
      }
      for (; c < channels; c++) {
        out[at + c] = x[from + taps[champion(x, from + c, taps)] + c];
      }
    }
  }

  /// Returns which element of a window is the champion.
  private static int champion(float[] x, int from, int[] taps) {
    int best = 0;
    for (int t = 1; t < taps.length; t++) {
      best = wins(x[from + taps[t]], x[from + taps[best]]) ? t : best;
    }
    return best;
  }

  /// Sets the champion of each window to its cotangent, and the others to 0; windows share no
  /// element.
  static void gradient(
      int count,
      int channels,
      float[] x,
      int start,
      int step,
      int[] taps,
      float[] c,
      int cStart,
      float[] out,
      int outStart) {
    for (int p = 0; p < count; p++) {
      int from = start + p * step;
      int to = outStart + p * step;
      int at = cStart + p * channels;
      int i = 0;
      for (; i <= channels - COUNT; i += COUNT) {
        FloatVector champion = load(x, from + i);
        FloatVector best = all(0f);
        for (int t = 1; t < taps.length; t++) {
          FloatVector value = load(x, from + taps[t] + i);
          VectorMask<Float> wins = wins(value, champion);
          champion = champion.blend(value, wins);
          best = best.blend(t, wins);
        }
        FloatVector cotangent = load(c, at + i);
        for (int t = 0; t < taps.length; t++) {
          VectorMask<Float> won = best.compare(VectorOperators.EQ, t);
          all(0f).blend(cotangent, won).intoArray(out, to + taps[t] + i);
        }
      }
      for (; i < channels; i++) {
        int best = champion(x, from + i, taps);
        for (int t = 0; t < taps.length; t++) {
          out[to + taps[t] + i] = t == best ? c[at + i] : 0f;
        }
      }
    }
  }
}
