package taut.core.kernels;

/// Makes two standard normal numbers of two random words (Box and Muller 1958): √(-2 log u) · cos
/// 2πv and √(-2 log u) · sin 2πv, with u in (0, 1] and v in [0, 1) of 24 bits each.
///
/// This is the definition, in float32 operations that are each rounded once; [VectorNormal] does
/// the same operations on whole vectors, so that a seed gives the same numbers on every machine.
/// Over all 2²⁴ words, √(-2 log u) is within 1.0 ulp of the exact value, cosine and sine within
/// 1.6.
final class NormalPair {
  static final int BITS = 24;
  static final float UNIT = 0x1p-24f;

  /// What is added before the shift by [#QUARTER_SHIFT] that gives the nearest quarter turn.
  static final int HALF_QUARTER = 1 << 21;

  static final int QUARTER_SHIFT = 22;

  // sin 2πt = t·(S0 + S1·t² + …) for |t| <= 1/8, relative error 2.8e-8, that of S0 = 2π.
  static final float S0 = 0x1.921fb6p2f;
  static final float S1 = -0x1.4abc24p5f;
  static final float S2 = 0x1.4680a4p6f;
  static final float S3 = -0x1.33198ep6f;
  // cos 2πt = 1 + t²·(C1 + C2·t² + …) for |t| <= 1/8, relative error 4.4e-10.
  static final float C1 = -0x1.3bd3ccp4f;
  static final float C2 = 0x1.03c1bp6f;
  static final float C3 = -0x1.55b2b6p6f;
  static final float C4 = 0x1.d4f7eep5f;

  private NormalPair() {}

  /// Returns √(-2 log u).
  static float radius(int word) {
    // 1 - u is as random as u, and never 0.
    float u = ((1 << BITS) - (word >>> (Integer.SIZE - BITS))) * UNIT;
    return (float) Math.sqrt(-2f * log(u));
  }

  /// Returns cos 2πv.
  static float cosine(int word) {
    return sineOfQuarters(word, 1);
  }

  /// Returns sin 2πv.
  static float sine(int word) {
    return sineOfQuarters(word, 0);
  }

  /// Returns the sine of the angle and some quarter turns. The nearest whole number of quarter
  /// turns is taken out, which is exact, and picks sine or cosine of what is left, and the sign.
  private static float sineOfQuarters(int word, int more) {
    int angle = word >>> (Integer.SIZE - BITS);
    int quarters = (angle + HALF_QUARTER) >> QUARTER_SHIFT;
    float t = (angle - (quarters << QUARTER_SHIFT)) * UNIT;
    float s = t * t;
    float sine = t * Math.fma(Math.fma(Math.fma(S3, s, S2), s, S1), s, S0);
    float cosine = Math.fma(Math.fma(Math.fma(Math.fma(C4, s, C3), s, C2), s, C1), s, 1f);
    int turn = quarters + more;
    float result = (turn & 1) == 0 ? sine : cosine;
    return (turn & 2) == 0 ? result : -result;
  }

  /// Returns log u as [VectorLog#log] computes it for a normal number.
  private static float log(float u) {
    int bits = Float.floatToRawIntBits(u);
    int k = (bits - VectorLog.TWO_THIRDS_BITS) >> 23;
    float f = Float.intBitsToFloat(bits - (k << 23)) - 1f;
    float p = Math.fma(VectorLog.L7, f, VectorLog.L6);
    p = Math.fma(p, f, VectorLog.L5);
    p = Math.fma(p, f, VectorLog.L4);
    p = Math.fma(p, f, VectorLog.L3);
    p = Math.fma(p, f, VectorLog.L2);
    p = Math.fma(p, f, VectorLog.L1);
    p = Math.fma(p, f, VectorLog.L0);
    p = Math.fma(Math.fma(p, f, -0.5f), f * f, Math.fma(k, VectorLog.LN2_LOW, f));
    return Math.fma(k, VectorLog.LN2_HIGH, p);
  }
}
