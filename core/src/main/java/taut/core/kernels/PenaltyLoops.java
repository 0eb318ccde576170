package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.all;
import static taut.core.kernels.Lanes.load;

import jdk.incubator.vector.FloatVector;

/// The loops of [VectorPenaltyKernels] over one block: one for each form of gradient, because a
/// term with factor 0 must not turn an infinite weight into NaN.
final class PenaltyLoops {
  private PenaltyLoops() {}

  /// Computes Σ|x| and Σx² of one block in one pass.
  static void sums(float[] x, int offset, int count, float[] sums) {
    FloatVector absolutes0 = all(0f);
    FloatVector absolutes1 = absolutes0;
    FloatVector absolutes2 = absolutes0;
    FloatVector absolutes3 = absolutes0;
    FloatVector squares0 = absolutes0;
    FloatVector squares1 = absolutes0;
    FloatVector squares2 = absolutes0;
    FloatVector squares3 = absolutes0;
    int i = 0;
    for (; i <= count - 4 * COUNT; i += 4 * COUNT) {
      FloatVector x0 = load(x, offset + i);
      FloatVector x1 = load(x, offset + i + COUNT);
      FloatVector x2 = load(x, offset + i + 2 * COUNT);
      FloatVector x3 = load(x, offset + i + 3 * COUNT);
      absolutes0 = absolutes0.add(x0.abs());
      absolutes1 = absolutes1.add(x1.abs());
      absolutes2 = absolutes2.add(x2.abs());
      absolutes3 = absolutes3.add(x3.abs());
      squares0 = x0.fma(x0, squares0);
      squares1 = x1.fma(x1, squares1);
      squares2 = x2.fma(x2, squares2);
      squares3 = x3.fma(x3, squares3);
    }
    for (; i <= count - COUNT; i += COUNT) {
      FloatVector x0 = load(x, offset + i);
      absolutes0 = absolutes0.add(x0.abs());
      squares0 = x0.fma(x0, squares0);
    }
    float absolutes = 0;
    float squares = 0;
    for (; i < count; i++) {
      float value = x[offset + i];
      absolutes += Math.abs(value);
      squares = Math.fma(value, value, squares);
    }
    sums[0] = LaneSum.of(absolutes0.add(absolutes1).add(absolutes2.add(absolutes3))) + absolutes;
    sums[1] = LaneSum.of(squares0.add(squares1).add(squares2.add(squares3))) + squares;
  }

  /// Computes absolute·|x| + square·x² for at least one factor that is not 0.
  static void elements(
      float absolute, float square, float[] x, int from, float[] out, int to, int count) {
    for (int i = 0; i < count; i++) {
      float value = x[from + i];
      float first = absolute == 0 ? 0 : absolute * Math.abs(value);
      out[to + i] = first + (square == 0 ? 0 : square * (value * value));
    }
  }

  /// Computes slope·x, or adds it.
  static void line(float slope, float[] x, int from, float[] sum, int to, int count, boolean add) {
    int i = 0;
    if (add) {
      FloatVector factor = all(slope);
      for (; i <= count - COUNT; i += COUNT) {
        load(x, from + i).fma(factor, load(sum, to + i)).intoArray(sum, to + i);
      }
    } else {
      for (; i <= count - COUNT; i += COUNT) {
        load(x, from + i).mul(slope).intoArray(sum, to + i);
      }
    }
    for (; i < count; i++) {
      sum[to + i] = add ? Math.fma(x[from + i], slope, sum[to + i]) : slope * x[from + i];
    }
  }

  /// Computes absolute·sign(x), or adds it.
  static void signs(
      float absolute, float[] x, int from, float[] sum, int to, int count, boolean add) {
    int i = 0;
    if (add) {
      for (; i <= count - COUNT; i += COUNT) {
        FloatVector signs = VectorActivation.sign(load(x, from + i)).mul(absolute);
        signs.add(load(sum, to + i)).intoArray(sum, to + i);
      }
    } else {
      for (; i <= count - COUNT; i += COUNT) {
        VectorActivation.sign(load(x, from + i)).mul(absolute).intoArray(sum, to + i);
      }
    }
    for (; i < count; i++) {
      float slope = absolute * Math.signum(x[from + i]);
      sum[to + i] = add ? sum[to + i] + slope : slope;
    }
  }

  /// Computes absolute·sign(x) + slope·x, or adds it.
  static void both(
      float absolute,
      float slope,
      float[] x,
      int from,
      float[] sum,
      int to,
      int count,
      boolean add) {
    FloatVector factor = all(slope);
    int i = 0;
    if (add) {
      for (; i <= count - COUNT; i += COUNT) {
        FloatVector value = load(x, from + i);
        FloatVector signs = VectorActivation.sign(value).mul(absolute);
        value.fma(factor, signs).add(load(sum, to + i)).intoArray(sum, to + i);
      }
    } else {
      for (; i <= count - COUNT; i += COUNT) {
        FloatVector value = load(x, from + i);
        value.fma(factor, VectorActivation.sign(value).mul(absolute)).intoArray(sum, to + i);
      }
    }
    for (; i < count; i++) {
      float value = x[from + i];
      float total = Math.fma(value, slope, absolute * Math.signum(value));
      sum[to + i] = add ? sum[to + i] + total : total;
    }
  }
}
