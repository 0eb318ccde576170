package taut.core.kernels;

import java.util.Random;
import jdk.incubator.vector.FloatVector;

/// Makes the inputs on which kernels go wrong: lengths around whole vectors, and values at the
/// edges of float32 mixed among ordinary ones.
final class AwkwardFloats {
  private static final float[] EDGES = {
    0f,
    -0f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL / 2,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    1f,
    -1f,
    0.5f,
    1.5f,
    2.5f,
    -2.5f,
    3f,
    -3f,
    6f,
    88.7f,
    88.8f,
    -87.3f,
    -103.9f,
    -104f,
    8388607.5f,
    8388609f,
    1e20f,
    -1e20f,
  };

  private AwkwardFloats() {}

  /// Returns lengths that leave every kind of remainder, the last one long enough for several
  /// threads.
  static int[] lengths() {
    int lanes = FloatVector.SPECIES_PREFERRED.length();
    return new int[] {
      0, 1, 2, lanes - 1, lanes, lanes + 1, 4 * lanes, 4 * lanes + 3, 97, 1009, 4096, 4097, 300_007
    };
  }

  /// Returns normally distributed values, of several scales.
  static float[] finite(int length, long seed) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (random.nextGaussian() * Math.exp(random.nextInt(5) - 2));
    }
    return values;
  }

  /// Returns values of which every third or so is an edge case.
  static float[] mixed(int length, long seed) {
    Random random = new Random(seed);
    float[] values = finite(length, seed + 1);
    for (int i = 0; i < length; i++) {
      if (random.nextInt(3) == 0) {
        values[i] = EDGES[random.nextInt(EDGES.length)];
      }
    }
    return values;
  }

  /// Says whether two floats are the same number or both NaN; zeros may differ in sign.
  static boolean same(float a, float b) {
    return a == b || (Float.isNaN(a) && Float.isNaN(b));
  }

  /// Says whether a result is within some units in the last place of the exact value, or both are
  /// beyond the range.
  static boolean close(double exact, float result, double ulps, double absolute) {
    float rounded = (float) exact;
    if (Float.isNaN(rounded) || Float.isInfinite(rounded) || Float.isInfinite(result)) {
      return same(rounded, result)
          || Math.abs(exact - Math.copySign(Float.MAX_VALUE, result))
              <= ulps * Math.ulp(Float.MAX_VALUE);
    }
    return Math.abs(result - exact) <= ulps * Math.ulp(rounded) + absolute;
  }
}
