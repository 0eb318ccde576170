package taut.core.kernels;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static taut.core.kernels.Lanes.SPECIES;
import static taut.core.kernels.Lanes.withSign;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

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
/// Largest error against the exact value in units in the last place, for results in the normal
/// range, over every 211th float:
///
/// | function | ulp | function | ulp |
/// |---|---|---|---|
/// | [#exp] | 1.0 | [#tanh] | 2.6 |
/// | [#expm1] | 1.5 | [#sigmoid] | 2.3 |
/// | [VectorLog#log] | 0.9 | [#erf] | 1.7 |
/// | [VectorLog#log1p] | 1.5 | [VectorActivation#softplus] | 1.7 |
/// | [VectorPower#power] | 0.51 | | |
///
/// The methods are short so that the compiler can inline them into a loop: a vector that crosses a
/// real call is boxed, which costs ten times the arithmetic. It stops inlining methods without an
/// annotation of the JDK once a loop has some fifty vector operations, so constants are broadcast
/// by the API itself and not through a method of ours. (Constant vectors in static fields would
/// read better, but are loaded again for every use, at half the speed.)
final class VectorMath {
  // Adding 1.5·2^23 rounds to an integer (half to even), which then stands in the low bits.
  private static final float ROUNDER = 0x1.8p23f;
  private static final int ROUNDER_BITS = 0x4B400000;
  private static final int ONE_BITS = 0x3F800000;

  private static final float LOG2_E = 0x1.715476p0f;
  // ln 2 = HIGH + LOW, where HIGH times any exponent is exact.
  private static final float LN2_HIGH = 0x1.62e43p-1f;
  private static final float LN2_LOW = -0x1.05c61p-29f;

  // e^x is below the normal range, rounds to zero, overflows; e^x - 1 rounds to -1.
  private static final float EXP_LOWEST_NORMAL = -87.33654f;
  private static final float EXP_LOWEST = -104f;
  private static final float EXP_HIGHEST = 89f;
  private static final float EXPM1_LOWEST = -18f;
  // e^r - 1 = r + r²·(E0 + E1·r + …) for |r| <= 0.348, relative error 3.2e-9.
  private static final float E0 = 0x1.fffffcp-2f;
  private static final float E1 = 0x1.55549p-3f;
  private static final float E2 = 0x1.5558acp-5f;
  private static final float E3 = 0x1.123b1p-7f;
  private static final float E4 = 0x1.6a545p-10f;

  // tanh and erf round to 1 from here on.
  private static final float TANH_HIGHEST = 10f;
  private static final float ERF_HIGHEST = 4f;
  // -log(1 - erf t) = t + t·(F0 + F1·t + …) for 0 <= t <= 4, relative error of erf 4.3e-9.
  private static final float F0 = 0x1.06eba8p-3f;
  private static final float F1 = 0x1.45f3p-1f;
  private static final float F2 = 0x1.a4f8c4p-4f;
  private static final float F3 = -0x1.39b7c8p-6f;
  private static final float F4 = -0x1.637fa8p-13f;
  private static final float F5 = 0x1.b74626p-10f;
  private static final float F6 = -0x1.4e2bf6p-11f;
  private static final float F7 = 0x1.f29288p-14f;
  private static final float F8 = -0x1.3b0c0cp-17f;

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
    FloatVector mantissa = expm1Polynomial(reduced).add(1f);
    return mantissa.mul(powerOfTwo(half)).mul(powerOfTwo(exponent.sub(half)));
  }

  /// Computes `e^x` for `x <= 0` or NaN, with zero for results below the normal range: what the
  /// functions built on it need, at two thirds of the cost.
  static FloatVector expOfNegative(FloatVector x) {
    FloatVector rounded = x.fma(LOG2_E, ROUNDER);
    FloatVector mantissa = expm1Polynomial(reduce(x, rounded)).add(1f);
    FloatVector result = mantissa.mul(powerOfTwo(rounded.reinterpretAsInts()));
    return result.blend(0f, x.compare(LT, EXP_LOWEST_NORMAL));
  }

  /// Computes `e^x - 1 = 2^n·(e^r - 1) + (2^n - 1)` without cancellation near 0; `-0.0` is kept.
  static FloatVector expm1(FloatVector x) {
    FloatVector bounded = x.blend(EXPM1_LOWEST, x.compare(LT, EXPM1_LOWEST));
    bounded = bounded.blend(EXP_HIGHEST, x.compare(GT, EXP_HIGHEST));
    FloatVector rounded = bounded.fma(LOG2_E, ROUNDER);
    FloatVector polynomial = expm1Polynomial(reduce(bounded, rounded));
    // Half of 2^n, since n = 128 occurs just below the overflow.
    FloatVector scale = powerOfTwo(rounded.sub(1f).reinterpretAsInts());
    FloatVector result = polynomial.fma(scale, scale.sub(0.5f)).mul(2f);
    // The halves of subnormal numbers lose a bit, and the formula the sign of -0.0.
    return result.blend(x, x.abs().compare(LT, Float.MIN_NORMAL));
  }

  // e^x - 1 for -80 <= x <= 80 or NaN.
  private static FloatVector expm1OfModerate(FloatVector x) {
    FloatVector rounded = x.fma(LOG2_E, ROUNDER);
    FloatVector scale = powerOfTwo(rounded.reinterpretAsInts());
    return expm1Polynomial(reduce(x, rounded)).fma(scale, scale.sub(1f));
  }

  private static FloatVector reduce(FloatVector x, FloatVector rounded) {
    FloatVector n = rounded.sub(ROUNDER);
    return n.fma(broadcast(SPECIES, -LN2_LOW), n.fma(broadcast(SPECIES, -LN2_HIGH), x));
  }

  private static FloatVector expm1Polynomial(FloatVector r) {
    FloatVector q =
        broadcast(SPECIES, E4)
            .fma(r, broadcast(SPECIES, E3))
            .fma(r, broadcast(SPECIES, E2))
            .fma(r, broadcast(SPECIES, E1))
            .fma(r, broadcast(SPECIES, E0));
    return q.fma(r.mul(r), r);
  }

  // 2^n from n, or from the bits of a rounded number: the shift leaves only the low ones.
  private static FloatVector powerOfTwo(IntVector exponent) {
    return exponent.lanewise(LSHL, 23).add(ONE_BITS).reinterpretAsFloats();
  }

  /// Computes the hyperbolic tangent of `a = |x|` as `m / (m + 2)` with `m = e^2a - 1`, and gives
  /// it the sign of x. Never exceeds 1 in magnitude; `-0.0` is kept.
  static FloatVector tanh(FloatVector x) {
    FloatVector a = x.abs();
    a = a.blend(TANH_HIGHEST, a.compare(GT, TANH_HIGHEST));
    FloatVector m = expm1OfModerate(a.add(a));
    return withSign(m.div(m.add(2f)), x);
  }

  /// Computes the logistic function `1 / (1 + e^-x)`, as `e^x / (1 + e^x)` for negative x, so that
  /// small results keep their relative accuracy.
  static FloatVector sigmoid(FloatVector x) {
    FloatVector e = expOfNegative(x.abs().neg());
    return broadcast(SPECIES, 1f).blend(e, x.compare(LT, 0f)).div(e.add(1f));
  }

  /// Computes the error function of `t = |x|` as `1 - e^-g(t)`, where the polynomial g approximates
  /// `-log(1 - erf t)` (an idea of N. Juffa's), and gives it the sign of x; `-0.0` is kept.
  static FloatVector erf(FloatVector x) {
    FloatVector t = x.abs();
    t = t.blend(ERF_HIGHEST, t.compare(GT, ERF_HIGHEST));
    FloatVector q =
        broadcast(SPECIES, F8)
            .fma(t, broadcast(SPECIES, F7))
            .fma(t, broadcast(SPECIES, F6))
            .fma(t, broadcast(SPECIES, F5))
            .fma(t, broadcast(SPECIES, F4))
            .fma(t, broadcast(SPECIES, F3))
            .fma(t, broadcast(SPECIES, F2))
            .fma(t, broadcast(SPECIES, F1))
            .fma(t, broadcast(SPECIES, F0));
    return withSign(expm1OfModerate(q.fma(t, t).neg()).abs(), x);
  }
}
