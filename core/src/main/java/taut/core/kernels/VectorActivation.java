package taut.core.kernels;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;
import static taut.core.kernels.Lanes.all;
import static taut.core.kernels.Lanes.withSign;

import jdk.incubator.vector.FloatVector;

/// Computes the activation and rounding functions of float32 lanes that are more than one
/// instruction.
///
/// They are built on [VectorMath] and keep its rules: whole vectors, no branches, the same bits at
/// every vector width. NaN gives NaN, and an infinite argument gives what the formula gives (so
/// `silu(-Inf) = -Inf·0` is NaN).
final class VectorActivation {
  private static final FloatVector ZERO = all(0f);
  private static final FloatVector ONE = all(1f);
  private static final FloatVector TWO = all(2f);
  private static final FloatVector THREE = all(3f);
  private static final FloatVector SIX = all(6f);
  private static final FloatVector MINUS_HALF = all(-0.5f);
  // Floats from 2^23 on are integers.
  private static final FloatVector FIRST_WHOLE = all(0x1p23f);

  private static final FloatVector SELU_SCALE = all(1.0507009873554805f);
  private static final FloatVector SELU_ALPHA = all(1.6732632423543772f);
  // tanh(softplus(x)) rounds to 1 from here on.
  private static final FloatVector MISH_HIGHEST = all(20f);

  // 2·√(2/π), and the same times 0.044715.
  private static final FloatVector GELU_SLOPE = all(1.5957691216057308f);
  private static final FloatVector GELU_CUBIC = all(0.0713548162726f);
  // The upper tail of the normal distribution is zero in float32 from here on.
  private static final FloatVector GELU_HIGHEST = all(15f);
  // 1 - Φ(a) = e^(-a²/2)·t·(Q0 + Q1·t + …) for t = 1 / (1 + 0.3·a), relative error 3.7e-9.
  private static final FloatVector TAIL_SCALE = all(0.3f);
  private static final FloatVector Q0 = all(0x1.ea3c98p-4f);
  private static final FloatVector Q1 = all(0x1.e9c412p-4f);
  private static final FloatVector Q2 = all(0x1.c386cp-4f);
  private static final FloatVector Q3 = all(0x1.41130ep-4f);
  private static final FloatVector Q4 = all(0x1.89e2c4p-4f);
  private static final FloatVector Q5 = all(-0x1.455e7ep-4f);
  private static final FloatVector Q6 = all(0x1.88cep-3f);
  private static final FloatVector Q7 = all(-0x1.d36752p-3f);
  private static final FloatVector Q8 = all(0x1.cc8e08p-4f);
  private static final FloatVector Q9 = all(-0x1.51e88ap-6f);

  private VectorActivation() {}

  /// Computes the sign, -1 or 1; zeros and NaN stay what they are.
  static FloatVector sign(FloatVector x) {
    return x.blend(withSign(ONE, x), x.abs().compare(GT, ZERO));
  }

  /// Rounds to the nearest integer, half to even; zeros keep their sign.
  static FloatVector round(FloatVector x) {
    FloatVector magnitude = x.abs();
    FloatVector rounded = withSign(magnitude.add(FIRST_WHOLE).sub(FIRST_WHOLE), x);
    return x.blend(rounded, magnitude.compare(LT, FIRST_WHOLE));
  }

  /// Rounds towards negative infinity.
  static FloatVector floor(FloatVector x) {
    FloatVector rounded = round(x);
    return rounded.blend(rounded.sub(ONE), rounded.compare(GT, x));
  }

  /// Rounds towards positive infinity; results from `(-1, 0)` are `-0.0`.
  static FloatVector ceil(FloatVector x) {
    FloatVector rounded = round(x);
    FloatVector raised = rounded.blend(rounded.add(ONE), rounded.compare(LT, x));
    return withSign(raised.abs(), x);
  }

  /// Computes `max(x, 0)`; `-0.0` becomes 0.
  static FloatVector relu(FloatVector x) {
    return x.blend(ZERO, x.compare(LE, ZERO));
  }

  /// Computes `min(max(x, 0), 6)`.
  static FloatVector relu6(FloatVector x) {
    FloatVector positive = relu(x);
    return positive.blend(SIX, positive.compare(GT, SIX));
  }

  /// Computes `x` where positive, `alpha·(e^x - 1)` elsewhere.
  static FloatVector elu(FloatVector x, FloatVector alpha) {
    return alpha.mul(VectorMath.expm1(x)).blend(x, x.compare(GT, ZERO));
  }

  /// Computes `scale·elu(x, alpha)` with the constants of self-normalizing networks (Klambauer et
  /// al. 2017).
  static FloatVector selu(FloatVector x) {
    return elu(x, SELU_ALPHA).mul(SELU_SCALE);
  }

  /// Computes `x·Φ(x)`, Φ the distribution function of the standard normal, with full relative
  /// accuracy in both tails: `1 - Φ(a) = e^(-a²/2)·t·p(t)` for `a = |x|`, `t = 1 / (1 + 0.3·a)`.
  static FloatVector gelu(FloatVector x) {
    FloatVector a = x.abs();
    a = a.blend(GELU_HIGHEST, a.compare(GT, GELU_HIGHEST));
    FloatVector square = a.mul(a);
    FloatVector density = VectorMath.expOfNegative(square.mul(MINUS_HALF));
    // What rounding took from a² moves the exponential by that part.
    density = a.fma(a, square.neg()).mul(MINUS_HALF).fma(density, density);
    FloatVector t = ONE.div(a.fma(TAIL_SCALE, ONE));
    FloatVector tail = density.mul(t).mul(tailPolynomial(t));
    return x.mul(tail.blend(ONE.sub(tail), x.compare(GT, ZERO)));
  }

  private static FloatVector tailPolynomial(FloatVector t) {
    FloatVector p = Q9.fma(t, Q8).fma(t, Q7).fma(t, Q6).fma(t, Q5);
    return p.fma(t, Q4).fma(t, Q3).fma(t, Q2).fma(t, Q1).fma(t, Q0);
  }

  /// Computes `x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³)))`, as x times a sigmoid of twice that
  /// argument.
  static FloatVector geluTanh(FloatVector x) {
    FloatVector slope = x.mul(x).fma(GELU_CUBIC, GELU_SLOPE);
    return timesSigmoid(x, x.mul(slope));
  }

  /// Computes `x·sigmoid(x)`.
  static FloatVector silu(FloatVector x) {
    return timesSigmoid(x, x);
  }

  // x·sigmoid(y); the product comes before the division, where the sigmoid alone might underflow.
  private static FloatVector timesSigmoid(FloatVector x, FloatVector y) {
    FloatVector e = VectorMath.expOfNegative(y.abs().neg());
    return x.blend(x.mul(e), y.compare(LT, ZERO)).div(e.add(ONE));
  }

  /// Computes `log(sigmoid(x)) = -(max(-x, 0) + log(1 + e^-|x|))`.
  static FloatVector logSigmoid(FloatVector x) {
    FloatVector tail = VectorMath.log1pOfUnit(VectorMath.expOfNegative(x.abs().neg()));
    return tail.add(x.neg().blend(ZERO, x.compare(GT, ZERO))).neg();
  }

  /// Computes `x·tanh(softplus(x))`, which is `x·n / (n + 2)` with `n = e^x·(e^x + 2)`.
  static FloatVector mish(FloatVector x) {
    FloatVector e = VectorMath.exp(x.blend(MISH_HIGHEST, x.compare(GT, MISH_HIGHEST)));
    FloatVector n = e.mul(e.add(TWO));
    return x.mul(n.div(n.add(TWO)));
  }

  /// Computes `x / (1 + |x|)`.
  static FloatVector softsign(FloatVector x) {
    return x.div(x.abs().add(ONE));
  }

  /// Computes `min(max(x + 3, 0), 6) / 6`.
  static FloatVector hardSigmoid(FloatVector x) {
    return relu6(x.add(THREE)).div(SIX);
  }

  /// Computes `x·hardSigmoid(x)`.
  static FloatVector hardSilu(FloatVector x) {
    return x.mul(hardSigmoid(x));
  }
}
