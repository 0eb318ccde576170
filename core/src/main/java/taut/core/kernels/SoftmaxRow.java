package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.SPECIES;
import static taut.core.kernels.Lanes.all;
import static taut.core.kernels.Lanes.load;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Does the passes over one row of classes that softmax and cross-entropy are made of.
///
/// The last elements of a row run as one masked vector, so that ten classes cost one exponential.
final class SoftmaxRow {
  private SoftmaxRow() {}

  /// Returns the largest element; NaN if there is one.
  static float maximum(float[] x, int offset, int count) {
    FloatVector maximum = all(Float.NEGATIVE_INFINITY);
    int i = 0;
    for (; i <= count - COUNT; i += COUNT) {
      maximum = maximum.max(load(x, offset + i));
    }
    if (i < count) {
      VectorMask<Float> rest = SPECIES.indexInRange(i, count);
      FloatVector values = FloatVector.fromArray(SPECIES, x, offset + i, rest);
      maximum = maximum.max(all(Float.NEGATIVE_INFINITY).blend(values, rest));
    }
    return maximum.reduceLanes(VectorOperators.MAX);
  }

  /// Returns `Σ exp(x - maximum)`.
  static float sumOfExponentials(float[] x, int offset, int count, float maximum) {
    FloatVector sum = all(0f);
    int i = 0;
    for (; i <= count - COUNT; i += COUNT) {
      sum = sum.add(VectorMath.expOfNegative(load(x, offset + i).sub(maximum)));
    }
    if (i < count) {
      VectorMask<Float> rest = SPECIES.indexInRange(i, count);
      FloatVector values = FloatVector.fromArray(SPECIES, x, offset + i, rest);
      FloatVector exponentials = VectorMath.expOfNegative(values.sub(maximum));
      sum = sum.add(all(0f).blend(exponentials, rest));
    }
    return LaneSum.of(sum);
  }

  /// Writes `exp(x - maximum)` to `out` and returns its sum.
  static float exponentials(
      float[] x, int offset, float[] out, int outOffset, int count, float maximum) {
    FloatVector sum = all(0f);
    int i = 0;
    for (; i <= count - COUNT; i += COUNT) {
      FloatVector exponentials = VectorMath.expOfNegative(load(x, offset + i).sub(maximum));
      exponentials.intoArray(out, outOffset + i);
      sum = sum.add(exponentials);
    }
    if (i < count) {
      VectorMask<Float> rest = SPECIES.indexInRange(i, count);
      FloatVector values = FloatVector.fromArray(SPECIES, x, offset + i, rest);
      FloatVector exponentials = VectorMath.expOfNegative(values.sub(maximum));
      exponentials.intoArray(out, outOffset + i, rest);
      sum = sum.add(all(0f).blend(exponentials, rest));
    }
    return LaneSum.of(sum);
  }

  /// Multiplies the elements in place.
  static void scale(float[] x, int offset, int count, float factor) {
    int i = 0;
    for (; i <= count - COUNT; i += COUNT) {
      load(x, offset + i).mul(factor).intoArray(x, offset + i);
    }
    for (; i < count; i++) {
      x[offset + i] *= factor;
    }
  }

  /// Returns `Σ x·y`.
  static float dot(float[] x, int xOffset, float[] y, int yOffset, int count) {
    FloatVector sum = all(0f);
    int i = 0;
    for (; i <= count - COUNT; i += COUNT) {
      sum = load(x, xOffset + i).fma(load(y, yOffset + i), sum);
    }
    float rest = 0;
    for (; i < count; i++) {
      rest = Math.fma(x[xOffset + i], y[yOffset + i], rest);
    }
    return LaneSum.of(sum) + rest;
  }

  /// Writes `x - first - second`.
  static void subtract(
      float[] x, int offset, float[] out, int outOffset, int count, float first, float second) {
    int i = 0;
    for (; i <= count - COUNT; i += COUNT) {
      load(x, offset + i).sub(first).sub(second).intoArray(out, outOffset + i);
    }
    for (; i < count; i++) {
      out[outOffset + i] = x[offset + i] - first - second;
    }
  }

  /// Writes `y·(c - dot)`.
  static void softmaxGradient(
      float[] c,
      int cOffset,
      float[] y,
      int yOffset,
      float[] out,
      int outOffset,
      int count,
      float dot) {
    int i = 0;
    for (; i <= count - COUNT; i += COUNT) {
      load(c, cOffset + i).sub(dot).mul(load(y, yOffset + i)).intoArray(out, outOffset + i);
    }
    for (; i < count; i++) {
      out[outOffset + i] = (c[cOffset + i] - dot) * y[yOffset + i];
    }
  }

  /// Writes `c - exp(y)·sum`.
  static void logSoftmaxGradient(
      float[] c,
      int cOffset,
      float[] y,
      int yOffset,
      float[] out,
      int outOffset,
      int count,
      float sum) {
    int i = 0;
    for (; i <= count - COUNT; i += COUNT) {
      FloatVector probability = VectorMath.expOfNegative(load(y, yOffset + i));
      probability.fma(all(-sum), load(c, cOffset + i)).intoArray(out, outOffset + i);
    }
    if (i < count) {
      VectorMask<Float> rest = SPECIES.indexInRange(i, count);
      FloatVector values = FloatVector.fromArray(SPECIES, y, yOffset + i, rest);
      FloatVector cotangent = FloatVector.fromArray(SPECIES, c, cOffset + i, rest);
      FloatVector probability = VectorMath.expOfNegative(values);
      probability.fma(all(-sum), cotangent).intoArray(out, outOffset + i, rest);
    }
  }
}
