package taut.core.kernels;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.all;
import static taut.core.kernels.Lanes.load;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import taut.core.DType;
import taut.core.ops.Probabilities;

/// The SIMD loops behind [VectorLikelihoodKernels], over whole vectors; formulas are those of
/// [LikelihoodKernels].
///
/// No loop holds two elementary functions: the compiler would not inline all of both, see
/// [VectorMath]. What one loop writes, the next one reads.
final class LikelihoodLoops {
  private static final float LOW = (float) Probabilities.of(DType.FLOAT32).low();
  private static final float HIGH = (float) Probabilities.of(DType.FLOAT32).high();

  private LikelihoodLoops() {}

  /// A loop over the elements of up to three arrays; one that needs fewer leaves the last alone.
  interface Loop {
    /// Runs over `length` elements, a whole number of vectors.
    void run(float[] x, int i, float[] t, int j, float[] c, int k, float[] out, int o, int length);
  }

  /// Writes e^-|x|.
  static void exponential(
      float[] x, int i, float[] t, int j, float[] c, int k, float[] out, int o, int length) {
    for (int n = 0; n < length; n += COUNT) {
      VectorMath.expOfNegative(load(x, i + n).abs().neg()).intoArray(out, o + n);
    }
  }

  /// Writes the loss of logits to where e^-|x| stands.
  static void sigmoid(
      float[] x, int i, float[] t, int j, float[] c, int k, float[] out, int o, int length) {
    for (int n = 0; n < length; n += COUNT) {
      FloatVector logit = load(x, i + n);
      FloatVector linear = load(t, j + n).neg().fma(logit, logit.max(0f));
      linear.add(VectorLog.log1pOfUnit(load(out, o + n))).intoArray(out, o + n);
    }
  }

  static void sigmoidGradient(
      float[] x, int i, float[] t, int j, float[] c, int k, float[] out, int o, int length) {
    for (int n = 0; n < length; n += COUNT) {
      FloatVector difference = VectorMath.sigmoid(load(x, i + n)).sub(load(t, j + n));
      difference.mul(load(c, k + n)).intoArray(out, o + n);
    }
  }

  /// Writes t·log p.
  static void hit(
      float[] p, int i, float[] t, int j, float[] c, int k, float[] out, int o, int length) {
    for (int n = 0; n < length; n += COUNT) {
      FloatVector yes = clip(load(p, i + n));
      VectorLog.logOfNormal(yes).mul(load(t, j + n)).intoArray(out, o + n);
    }
  }

  /// Writes the loss of probabilities to where t·log p stands.
  static void miss(
      float[] p, int i, float[] t, int j, float[] c, int k, float[] out, int o, int length) {
    for (int n = 0; n < length; n += COUNT) {
      FloatVector no = VectorLog.log1mOfUnit(clip(load(p, i + n)));
      load(t, j + n).sub(1f).fma(no, load(out, o + n).neg()).intoArray(out, o + n);
    }
  }

  static void bernoulliGradient(
      float[] p, int i, float[] t, int j, float[] c, int k, float[] out, int o, int length) {
    for (int n = 0; n < length; n += COUNT) {
      FloatVector yes = load(p, i + n);
      FloatVector slope = yes.sub(load(t, j + n)).div(all(1f).sub(yes).mul(yes));
      slope.mul(load(c, k + n)).blend(0f, outside(yes)).intoArray(out, o + n);
    }
  }

  /// Returns a probability as far as it is in the range.
  static FloatVector clip(FloatVector probability) {
    return probability.max(LOW).min(HIGH);
  }

  static VectorMask<Float> outside(FloatVector probability) {
    return probability.compare(LT, LOW).or(probability.compare(GT, HIGH));
  }

  /// Returns Σ t·log q of a part of a row with the given sum. Most targets are 0 in most rows, and
  /// a vector of those needs no logarithm.
  static float logLikelihood(float[] p, int i, float[] t, int j, float sum, int length) {
    FloatVector result = all(0f);
    for (int n = 0; n < length; n += COUNT) {
      FloatVector target = load(t, j + n);
      VectorMask<Float> absent = target.compare(EQ, 0f);
      if (!absent.allTrue()) {
        FloatVector log = VectorLog.logOfNormal(clip(load(p, i + n).div(sum)));
        result = target.fma(log.blend(0f, absent), result);
      }
    }
    return LaneSum.of(result);
  }

  /// Returns Σ m·t of a row.
  static float countedTargets(float[] p, int i, float[] t, int j, float sum, int classes) {
    FloatVector result = all(0f);
    int n = 0;
    for (; n <= classes - COUNT; n += COUNT) {
      FloatVector target = load(t, j + n);
      if (!target.compare(EQ, 0f).allTrue()) {
        result = result.add(target.blend(0f, outside(load(p, i + n).div(sum))));
      }
    }
    float rest = 0;
    for (; n < classes; n++) {
      rest += passes(p[i + n] / sum) ? t[j + n] : 0;
    }
    return LaneSum.of(result) + rest;
  }

  /// Writes c·(common - m·t / p) of a row.
  static void normalizedGradient(
      float[] p,
      int i,
      float[] t,
      int j,
      float sum,
      float common,
      float c,
      float[] out,
      int o,
      int classes) {
    int n = 0;
    for (; n <= classes - COUNT; n += COUNT) {
      FloatVector target = load(t, j + n);
      VectorMask<Float> absent = target.compare(EQ, 0f);
      FloatVector own = all(0f);
      if (!absent.allTrue()) {
        FloatVector probability = load(p, i + n);
        own = target.div(probability).blend(0f, absent.or(outside(probability.div(sum))));
      }
      all(common).sub(own).mul(c).intoArray(out, o + n);
    }
    for (; n < classes; n++) {
      boolean counts = t[j + n] != 0 && passes(p[i + n] / sum);
      out[o + n] = (common - (counts ? t[j + n] / p[i + n] : 0)) * c;
    }
  }

  static boolean passes(float probability) {
    return !(probability < LOW || probability > HIGH);
  }

  static float clip(float probability) {
    return Math.max(LOW, Math.min(HIGH, probability));
  }
}
