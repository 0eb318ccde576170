package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;

import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// Chooses between float32 elements: by a condition, or by limits.
final class VectorSelect {
  private VectorSelect() {}

  /// Writes a where the condition holds and b elsewhere; a step is 1, or 0 for a scalar.
  static void where(
      boolean[] condition,
      int conditionOffset,
      float[] a,
      int aOffset,
      int aStep,
      float[] b,
      int bOffset,
      int bStep,
      float[] out,
      int outOffset,
      int length) {
    if (length == 0) {
      return;
    }
    Objects.checkFromIndexSize(conditionOffset, length, condition.length);
    Objects.checkFromIndexSize(outOffset, length, out.length);
    Operand first = Operand.of(a, aOffset, aStep, length, SpareVectors.HELD_FIRST);
    Operand second = Operand.of(b, bOffset, bStep, length, SpareVectors.HELD_SECOND);
    Blocks.forEach(
        length,
        (start, size) -> {
          int from = conditionOffset + start;
          where(
              condition, from, first.from(start), second.from(start), out, outOffset + start, size);
        });
  }

  private static void where(
      boolean[] condition, int from, Operand a, Operand b, float[] out, int to, int length) {
    int i = 0;
    for (; i <= length - COUNT; i += COUNT) {
      VectorMask<Float> mask = VectorMask.fromArray(Lanes.SPECIES, condition, from + i);
      b.load(i).blend(a.load(i), mask).intoArray(out, to + i);
    }
    for (; i < length; i++) {
      out[to + i] = condition[from + i] ? a.get(i) : b.get(i);
    }
  }

  /// Writes x limited to [low, high]; NaN stays.
  static void clip(
      float low, float high, float[] x, int xOffset, float[] out, int outOffset, int length) {
    Objects.checkFromIndexSize(xOffset, length, x.length);
    Objects.checkFromIndexSize(outOffset, length, out.length);
    Blocks.forEach(
        length,
        (start, size) -> clipBlock(low, high, x, xOffset + start, out, outOffset + start, size));
  }

  private static void clipBlock(
      float low, float high, float[] x, int xOffset, float[] out, int outOffset, int length) {
    FloatVector least = Lanes.all(low);
    FloatVector greatest = Lanes.all(high);
    int i = 0;
    for (; i <= length - COUNT; i += COUNT) {
      Lanes.load(x, xOffset + i).min(greatest).max(least).intoArray(out, outOffset + i);
    }
    for (; i < length; i++) {
      out[outOffset + i] = Math.max(low, Math.min(high, x[xOffset + i]));
    }
  }
}
