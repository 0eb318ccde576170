package taut.core.kernels;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static taut.core.kernels.Lanes.all;
import static taut.core.kernels.Lanes.withSign;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/// Computes the elementary functions of float32 lanes by polynomials.
///
/// Every function takes and returns whole vectors, has no branches, and uses fused multiply-adds
/// only where they are written, so its values do not depend on the width of the vectors, on the
/// compiler or on a native math library. Each follows one plan: *reduce* the argument to a short
/// interval, evaluate a minimax *polynomial* there, and *rebuild* the result; special values come
/// out of the formula or are blended in at the end. The polynomials were fitted for the relative
/// error of the function with weights, by iteratively reweighted least squares (Lawson's
/// algorithm), rounding one coefficient after the other to float32.
///
/// Largest error against the exact value, over all finite floats with a step of 1 in 61:
///
/// | function | ulp | function | ulp |
/// |---|---|---|---|
/// | [#exp] | @exp@ | [#tanh] | @tanh@ |
/// | [#expm1] | @expm1@ | [#sigmoid] | @sigmoid@ |
/// | [#log] | @log@ | [#erf] | @erf@ |
/// | [#log1p] | @log1p@ | [#softplus] | @softplus@ |
///
/// The methods are short so that the compiler can inline them into a loop: a vector that crosses a
/// real call is boxed, which costs a hundred times the arithmetic.
final class VectorMath {
  private static final FloatVector ZERO = all(0f);
  private static final FloatVector HALF = all(0.5f);
  private static final FloatVector ONE = all(1f);
  private static final FloatVector TWO = all(2f);
  private static final FloatVector NAN = all(Float.NaN);
  private static final FloatVector INFINITY = all(Float.POSITIVE_INFINITY);
  private static final FloatVector MINUS_INFINITY = all(Float.NEGATIVE_INFINITY);

  // Adding 1.5·2^23 rounds to an integer (half to even), which then stands in the low bits.
  private static final FloatVector ROUNDER = all(0x1.8p23f);
  private static final IntVector ROUNDER_BITS = ROUNDER.reinterpretAsInts();
  private static final IntVector ONE_BITS = ONE.reinterpretAsInts();

  private static final FloatVector LOG2_E = all(0x1.715476p0f);
  // ln 2 = HIGH + LOW, where HIGH times any exponent is exact.
  private static final FloatVector LN2_HIGH = all(0x1.62e43p-1f);
  private static final FloatVector LN2_LOW = all(-0x1.05c61p-29f);
  private static final FloatVector MINUS_LN2_HIGH = LN2_HIGH.neg();
  private static final FloatVector MINUS_LN2_LOW = LN2_LOW.neg();

  // Below the first, e^x is less than the smallest normal float; below the second it rounds to
  // zero,
  // above the third it overflows, and up to the fourth e^x - 1 rounds to -1.
  private static final FloatVector EXP_LOWEST_NORMAL = all(-87.33654f);
  private static final FloatVector EXP_LOWEST = all(-104f);
  private static final FloatVector EXP_HIGHEST = all(89f);
  private static final FloatVector EXPM1_LOWEST = all(-18f);
  // e^r - 1 = r + r²·(E0 + E1·r + …) for |r| <= 0.348, relative error 3.2e-9.
  private static final FloatVector E0 = all(0x1.fffffcp-2f);
  private static final FloatVector E1 = all(0x1.55549p-3f);
  private static final FloatVector E2 = all(0x1.5558acp-5f);
  private static final FloatVector E3 = all(0x1.123b1p-7f);
  private static final FloatVector E4 = all(0x1.6a545p-10f);

  private static final FloatVector MIN_NORMAL = all(Float.MIN_NORMAL);
  private static final FloatVector SUBNORMAL_SCALE = all(0x1p23f);
  private static final FloatVector SUBNORMAL_EXPONENT = all(23f);
  private static final FloatVector THIRD = all(1f / 3f);
  private static final IntVector TWO_THIRDS_BITS = all(2f / 3f).reinterpretAsInts();
  private static final FloatVector LOG1P_LARGE = all(0x1p24f);
  // log(1 + f) = f - f²/2 + f³·(L0 + L1·f + …) for |f| <= 1/3, relative error 4.7e-9.
  private static final FloatVector MINUS_HALF = all(-0.5f);
  private static final FloatVector L0 = all(0x1.555506p-2f);
  private static final FloatVector L1 = all(-0x1.fffefap-3f);
  private static final FloatVector L2 = all(0x1.99d05cp-3f);
  private static final FloatVector L3 = all(-0x1.559c2ep-3f);
  private static final FloatVector L4 = all(0x1.1ed452p-3f);
  private static final FloatVector L5 = all(-0x1.f33c6ap-4f);
  private static final FloatVector L6 = all(0x1.1e72ap-3f);
  private static final FloatVector L7 = all(-0x1.07aa5cp-3f);

  // tanh and erf round to 1 from here on.
  private static final FloatVector TANH_HIGHEST = all(10f);
  private static final FloatVector ERF_HIGHEST = all(4f);
  // -log(1 - erf t) = t + t·(F0 + F1·t + …) for 0 <= t <= 4, error of erf relative to itself
  // 4.2e-09.
  private static final FloatVector F0 = all(0x1.06eba8p-3f);
  private static final FloatVector F1 = all(0x1.45f3p-1f);
  private static final FloatVector F2 = all(0x1.a4f8c4p-4f);
  private static final FloatVector F3 = all(-0x1.39b7c8p-6f);
  private static final FloatVector F4 = all(-0x1.637fa8p-13f);
  private static final FloatVector F5 = all(0x1.b74626p-10f);
  private static final FloatVector F6 = all(-0x1.4e2bf6p-11f);
  private static final FloatVector F7 = all(0x1.f29288p-14f);
  private static final FloatVector F8 = all(-0x1.3b0c0cp-17f);

  private VectorMath() {}

  /// Computes `e^x`: with `x = n·ln 2 + r`, `|r| <= ln 2 / 2`, it is `2^n·e^r`. NaN stays NaN,
  /// results below the normal range are rounded once, `+Inf` gives `+Inf` and `-Inf` gives 0.
  static FloatVector exp(FloatVector x) {
    FloatVector bounded = x.blend(EXP_LOWEST, x.compare(LT, EXP_LOWEST));
    bounded = bounded.blend(EXP_HIGHEST, x.compare(GT, EXP_HIGHEST));
    FloatVector rounded = bounded.fma(LOG2_E, ROUNDER);
    FloatVector reduced = reduce(bounded, rounded);
    IntVector exponent = rounded.reinterpretAsInts().sub(ROUNDER_BITS);
    // 2^n in two factors: neither leaves the normal range, and only the last product rounds.
    IntVector half = exponent.lanewise(ASHR, 1);
    FloatVector mantissa = expm1Polynomial(reduced).add(ONE);
    return mantissa.mul(powerOfTwo(half)).mul(powerOfTwo(exponent.sub(half)));
  }

  /// Computes `e^x` for `x <= 0` or NaN, with zero for results below the normal range: what the
  /// functions built on it need, at two thirds of the cost.
  static FloatVector expOfNegative(FloatVector x) {
    FloatVector rounded = x.fma(LOG2_E, ROUNDER);
    FloatVector mantissa = expm1Polynomial(reduce(x, rounded)).add(ONE);
    FloatVector result = mantissa.mul(powerOfTwo(rounded.reinterpretAsInts()));
    return result.blend(ZERO, x.compare(LT, EXP_LOWEST_NORMAL));
  }

  /// Computes `e^x - 1 = 2^n·(e^r - 1) + (2^n - 1)` without cancellation near 0; `-0.0` is kept.
  static FloatVector expm1(FloatVector x) {
    FloatVector bounded = x.blend(EXPM1_LOWEST, x.compare(LT, EXPM1_LOWEST));
    bounded = bounded.blend(EXP_HIGHEST, x.compare(GT, EXP_HIGHEST));
    FloatVector rounded = bounded.fma(LOG2_E, ROUNDER);
    FloatVector polynomial = expm1Polynomial(reduce(bounded, rounded));
    // Half of 2^n, since n = 128 occurs just below the overflow.
    FloatVector scale = powerOfTwo(rounded.sub(ONE).reinterpretAsInts());
    FloatVector result = polynomial.fma(scale, scale.sub(HALF)).mul(TWO);
    // The halves of subnormal numbers lose a bit, and the formula the sign of -0.0.
    return result.blend(x, x.abs().compare(LT, MIN_NORMAL));
  }

  // e^x - 1 for -80 <= x <= 80 or NaN.
  private static FloatVector expm1OfModerate(FloatVector x) {
    FloatVector rounded = x.fma(LOG2_E, ROUNDER);
    FloatVector scale = powerOfTwo(rounded.reinterpretAsInts());
    return expm1Polynomial(reduce(x, rounded)).fma(scale, scale.sub(ONE));
  }

  private static FloatVector reduce(FloatVector x, FloatVector rounded) {
    FloatVector n = rounded.sub(ROUNDER);
    return n.fma(MINUS_LN2_LOW, n.fma(MINUS_LN2_HIGH, x));
  }

  private static FloatVector expm1Polynomial(FloatVector r) {
    FloatVector q = E4.fma(r, E3).fma(r, E2).fma(r, E1).fma(r, E0);
    return q.fma(r.mul(r), r);
  }

  // 2^n from n, or from the bits of a rounded number: the shift leaves only the low ones.
  private static FloatVector powerOfTwo(IntVector exponent) {
    return exponent.lanewise(LSHL, 23).add(ONE_BITS).reinterpretAsFloats();
  }

  /// Computes the natural logarithm: with `x = 2^k·(1 + f)`, `-1/3 <= f < 1/3`, it is `k·ln 2 +
  /// log(1 + f)`. Zero gives `-Inf`, a negative number or NaN gives NaN, `+Inf` gives `+Inf`.
  static FloatVector log(FloatVector x) {
    VectorMask<Float> subnormal = x.compare(LT, MIN_NORMAL);
    IntVector bits = x.blend(x.mul(SUBNORMAL_SCALE), subnormal).reinterpretAsInts();
    IntVector k = bits.sub(TWO_THIRDS_BITS).lanewise(ASHR, 23);
    FloatVector f = bits.sub(k.lanewise(LSHL, 23)).reinterpretAsFloats().sub(ONE);
    FloatVector exponent = toFloat(k);
    return logSpecial(x, log(f, exponent.blend(exponent.sub(SUBNORMAL_EXPONENT), subnormal)));
  }

  /// Computes `log(1 + x)` without cancellation near 0; `-0.0` is kept, -1 gives `-Inf`, less NaN.
  static FloatVector log1p(FloatVector x) {
    FloatVector sum = x.add(ONE);
    IntVector bits = sum.reinterpretAsInts();
    IntVector k = bits.sub(TWO_THIRDS_BITS).lanewise(ASHR, 23);
    // 1 + x = 2^k·(1 + f), so f = 2^-k·x + (2^-k - 1): rounded once, unlike what is left in `sum`.
    FloatVector scale = ONE_BITS.sub(k.lanewise(LSHL, 23)).reinterpretAsFloats();
    FloatVector f = x.fma(scale, scale.sub(ONE));
    FloatVector large = bits.sub(k.lanewise(LSHL, 23)).reinterpretAsFloats().sub(ONE);
    f = f.blend(large, x.compare(GT, LOG1P_LARGE));
    return logSpecial(sum, log(f, toFloat(k))).blend(x, x.compare(EQ, ZERO));
  }

  /// Computes `log(1 + x)` for `0 <= x <= 1` or NaN.
  static FloatVector log1pOfUnit(FloatVector x) {
    VectorMask<Float> upper = x.compare(GT, THIRD);
    FloatVector f = x.blend(x.fma(HALF, MINUS_HALF), upper);
    return log(f, ZERO.blend(ONE, upper));
  }

  // k·ln 2 + log(1 + f).
  private static FloatVector log(FloatVector f, FloatVector k) {
    FloatVector p = L7.fma(f, L6).fma(f, L5).fma(f, L4).fma(f, L3).fma(f, L2).fma(f, L1).fma(f, L0);
    p = p.fma(f, MINUS_HALF).fma(f.mul(f), k.fma(LN2_LOW, f));
    return k.fma(LN2_HIGH, p);
  }

  private static FloatVector logSpecial(FloatVector x, FloatVector result) {
    FloatVector special = NAN.blend(result, x.compare(GT, ZERO));
    special = special.blend(MINUS_INFINITY, x.compare(EQ, ZERO));
    return special.blend(INFINITY, x.compare(EQ, INFINITY));
  }

  // Small integers only: their bits are added to those of the rounder.
  private static FloatVector toFloat(IntVector k) {
    return k.add(ROUNDER_BITS).reinterpretAsFloats().sub(ROUNDER);
  }

  /// Computes the hyperbolic tangent of `a = |x|` as `m / (m + 2)` with `m = e^2a - 1`, and gives
  /// it the sign of x. Never exceeds 1 in magnitude; `-0.0` is kept.
  static FloatVector tanh(FloatVector x) {
    FloatVector a = x.abs();
    a = a.blend(TANH_HIGHEST, a.compare(GT, TANH_HIGHEST));
    FloatVector m = expm1OfModerate(a.add(a));
    return withSign(m.div(m.add(TWO)), x);
  }

  /// Computes the logistic function `1 / (1 + e^-x)`, as `e^x / (1 + e^x)` for negative x, so that
  /// small results keep their relative accuracy.
  static FloatVector sigmoid(FloatVector x) {
    FloatVector e = expOfNegative(x.abs().neg());
    return ONE.blend(e, x.compare(LT, ZERO)).div(e.add(ONE));
  }

  /// Computes `log(1 + e^x) = max(x, 0) + log(1 + e^-|x|)`, which overflows nowhere.
  static FloatVector softplus(FloatVector x) {
    FloatVector tail = log1pOfUnit(expOfNegative(x.abs().neg()));
    return tail.add(x.blend(ZERO, x.compare(LT, ZERO)));
  }

  /// Computes the error function of `t = |x|` as `1 - e^-g(t)`, where the polynomial g approximates
  /// `-log(1 - erf t)` (an idea of N. Juffa's), and gives it the sign of x; `-0.0` is kept.
  static FloatVector erf(FloatVector x) {
    FloatVector t = x.abs();
    t = t.blend(ERF_HIGHEST, t.compare(GT, ERF_HIGHEST));
    FloatVector q =
        F8.fma(t, F7).fma(t, F6).fma(t, F5).fma(t, F4).fma(t, F3).fma(t, F2).fma(t, F1).fma(t, F0);
    return withSign(expm1OfModerate(q.fma(t, t).neg()).abs(), x);
  }
}
