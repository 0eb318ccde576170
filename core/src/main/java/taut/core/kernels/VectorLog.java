package taut.core.kernels;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static taut.core.kernels.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/// Computes logarithms of float32 lanes by one polynomial, under the rules of [VectorMath], which
/// lists the errors.
///
/// The argument is `2^k·(1 + f)` with `-1/3 <= f < 1/3`, so that its logarithm is `k·ln 2 + log(1 +
/// f)`.
final class VectorLog {
  private static final int ONE_BITS = 0x3F800000;
  static final float LN2_HIGH = 0x1.62e43p-1f;
  static final float LN2_LOW = -0x1.05c61p-29f;
  // Small integers become floats by adding their bits to those of this float, and subtracting it.
  private static final float OFFSET = 0x1.8p23f;
  private static final int OFFSET_BITS = 0x4B400000;
  private static final float SUBNORMAL_SCALE = 0x1p23f;
  private static final float SUBNORMAL_EXPONENT = 23f;
  static final int TWO_THIRDS_BITS = 0x3F2AAAAB;
  private static final float LOG1P_LARGE = 0x1p24f;
  // log(1 + f) = f - f²/2 + f³·(L0 + L1·f + …) for |f| <= 1/3, relative error 4.7e-9.
  static final float L0 = 0x1.555506p-2f;
  static final float L1 = -0x1.fffefap-3f;
  static final float L2 = 0x1.99d05cp-3f;
  static final float L3 = -0x1.559c2ep-3f;
  static final float L4 = 0x1.1ed452p-3f;
  static final float L5 = -0x1.f33c6ap-4f;
  static final float L6 = 0x1.1e72ap-3f;
  static final float L7 = -0x1.07aa5cp-3f;

  private VectorLog() {}

  /// Computes the natural logarithm: with `x = 2^k·(1 + f)`, `-1/3 <= f < 1/3`, it is `k·ln 2 +
  /// log(1 + f)`. Zero gives `-Inf`, a negative number or NaN gives NaN, `+Inf` gives `+Inf`.
  static FloatVector log(FloatVector x) {
    VectorMask<Float> subnormal = x.compare(LT, Float.MIN_NORMAL);
    IntVector bits = x.blend(x.mul(SUBNORMAL_SCALE), subnormal).reinterpretAsInts();
    IntVector k = bits.sub(TWO_THIRDS_BITS).lanewise(ASHR, 23);
    FloatVector f = bits.sub(k.lanewise(LSHL, 23)).reinterpretAsFloats().sub(1f);
    FloatVector exponent = toFloat(k);
    return logSpecial(x, log(f, exponent.blend(exponent.sub(SUBNORMAL_EXPONENT), subnormal)));
  }

  /// Computes `log(1 + x)` without cancellation near 0; `-0.0` is kept, -1 gives `-Inf`, less NaN.
  static FloatVector log1p(FloatVector x) {
    FloatVector sum = x.add(1f);
    IntVector bits = sum.reinterpretAsInts();
    IntVector k = bits.sub(TWO_THIRDS_BITS).lanewise(ASHR, 23);
    // 1 + x = 2^k·(1 + f), so f = 2^-k·x + (2^-k - 1): rounded once, unlike what is left in `sum`.
    FloatVector scale = k.lanewise(LSHL, 23).neg().add(ONE_BITS).reinterpretAsFloats();
    FloatVector f = x.fma(scale, scale.sub(1f));
    FloatVector large = bits.sub(k.lanewise(LSHL, 23)).reinterpretAsFloats().sub(1f);
    f = f.blend(large, x.compare(GT, LOG1P_LARGE));
    return logSpecial(sum, log(f, toFloat(k))).blend(x, x.compare(EQ, 0f));
  }

  /// Computes `log(1 + x)` for `0 <= x <= 1` or NaN.
  static FloatVector log1pOfUnit(FloatVector x) {
    VectorMask<Float> upper = x.compare(GT, 1f / 3f);
    FloatVector f = x.blend(x.fma(0.5f, -0.5f), upper);
    return log(f, broadcast(SPECIES, 0f).blend(1f, upper));
  }

  /// Computes `log x` for positive, finite x in the normal range, or NaN.
  static FloatVector logOfNormal(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector k = bits.sub(TWO_THIRDS_BITS).lanewise(ASHR, 23);
    FloatVector f = bits.sub(k.lanewise(LSHL, 23)).reinterpretAsFloats().sub(1f);
    // x - x is NaN for NaN.
    return log(f.add(x.sub(x)), toFloat(k));
  }

  /// Computes `log(1 - x)` for `0 < x < 1` or NaN, without cancellation; see [#log1p].
  static FloatVector log1mOfUnit(FloatVector x) {
    FloatVector difference = broadcast(SPECIES, 1f).sub(x);
    IntVector k = difference.reinterpretAsInts().sub(TWO_THIRDS_BITS).lanewise(ASHR, 23);
    FloatVector scale = k.lanewise(LSHL, 23).neg().add(ONE_BITS).reinterpretAsFloats();
    return log(x.neg().fma(scale, scale.sub(1f)), toFloat(k));
  }

  /// Computes `k·ln 2 + log(1 + f)` for `-1/3 <= f <= 1/3`.
  static FloatVector log(FloatVector f, FloatVector k) {
    FloatVector p =
        broadcast(SPECIES, L7)
            .fma(f, broadcast(SPECIES, L6))
            .fma(f, broadcast(SPECIES, L5))
            .fma(f, broadcast(SPECIES, L4))
            .fma(f, broadcast(SPECIES, L3))
            .fma(f, broadcast(SPECIES, L2))
            .fma(f, broadcast(SPECIES, L1))
            .fma(f, broadcast(SPECIES, L0));
    p = p.fma(f, broadcast(SPECIES, -0.5f)).fma(f.mul(f), k.fma(broadcast(SPECIES, LN2_LOW), f));
    return k.fma(broadcast(SPECIES, LN2_HIGH), p);
  }

  private static FloatVector logSpecial(FloatVector x, FloatVector result) {
    FloatVector special = broadcast(SPECIES, Float.NaN).blend(result, x.compare(GT, 0f));
    special = special.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0f));
    return special.blend(x, x.compare(EQ, Float.POSITIVE_INFINITY));
  }

  static FloatVector toFloat(IntVector k) {
    return k.add(OFFSET_BITS).reinterpretAsFloats().sub(OFFSET);
  }
}
