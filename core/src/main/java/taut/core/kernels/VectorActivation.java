package taut.core.kernels;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;
import static taut.core.kernels.Lanes.SPECIES;
import static taut.core.kernels.Lanes.withSign;

import jdk.incubator.vector.FloatVector;

/// Computes the activation and rounding functions of float32 lanes that are more than one
/// instruction.
///
/// They are built on [VectorMath] and keep its rules: whole vectors, no branches, the same bits at
/// every vector width. NaN gives NaN, and an infinite argument gives what the formula gives (so
/// `silu(-Inf) = -Inf·0` is NaN).
final class VectorActivation {
  // Floats from 2^23 on are integers.
  private static final float FIRST_WHOLE = 0x1p23f;

  private static final float SELU_SCALE = 1.0507009873554805f;
  private static final float SELU_ALPHA = 1.6732632423543772f;
  // tanh(softplus(x)) rounds to 1 from here on.
  private static final float MISH_HIGHEST = 20f;

  // 2·√(2/π), and the same times 0.044715.
  private static final float GELU_SLOPE = 1.5957691216057308f;
  private static final float GELU_CUBIC = 0.0713548162726f;
  // The upper tail of the normal distribution is zero in float32 from here on.
  private static final float GELU_HIGHEST = 15f;
  // 1 - Φ(a) = e^(-a²/2)·t·(Q0 + Q1·t + …) for t = 1 / (1 + 0.3·a), relative error 3.7e-9.
  private static final float TAIL_SCALE = 0.3f;
  private static final float Q0 = 0x1.ea3c98p-4f;
  private static final float Q1 = 0x1.e9c412p-4f;
  private static final float Q2 = 0x1.c386cp-4f;
  private static final float Q3 = 0x1.41130ep-4f;
  private static final float Q4 = 0x1.89e2c4p-4f;
  private static final float Q5 = -0x1.455e7ep-4f;
  private static final float Q6 = 0x1.88cep-3f;
  private static final float Q7 = -0x1.d36752p-3f;
  private static final float Q8 = 0x1.cc8e08p-4f;
  private static final float Q9 = -0x1.51e88ap-6f;

  private VectorActivation() {}

  /// Computes the sign, -1 or 1; zeros and NaN stay what they are.
  static FloatVector sign(FloatVector x) {
    return x.blend(withSign(broadcast(SPECIES, 1f), x), x.abs().compare(GT, 0f));
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
    return rounded.blend(rounded.sub(1f), rounded.compare(GT, x));
  }

  /// Rounds towards positive infinity; results from `(-1, 0)` are `-0.0`.
  static FloatVector ceil(FloatVector x) {
    FloatVector rounded = round(x);
    FloatVector raised = rounded.blend(rounded.add(1f), rounded.compare(LT, x));
    return withSign(raised.abs(), x);
  }

  /// Computes `max(x, 0)`; `-0.0` becomes 0.
  static FloatVector relu(FloatVector x) {
    return x.blend(0f, x.compare(LE, 0f));
  }

  /// Computes `min(max(x, 0), 6)`.
  static FloatVector relu6(FloatVector x) {
    FloatVector positive = relu(x);
    return positive.blend(6f, positive.compare(GT, 6f));
  }

  /// Computes `x` where positive, `alpha·(e^x - 1)` elsewhere.
  static FloatVector elu(FloatVector x, FloatVector alpha) {
    return alpha.mul(VectorMath.expm1(x)).blend(x, x.compare(GT, 0f));
  }

  /// Computes `scale·elu(x, alpha)` with the constants of self-normalizing networks (Klambauer et
  /// al. 2017).
  static FloatVector selu(FloatVector x) {
    return elu(x, broadcast(SPECIES, SELU_ALPHA)).mul(SELU_SCALE);
  }

  /// Computes `x·Φ(x)`, Φ the distribution function of the standard normal, with full relative
  /// accuracy in both tails: `1 - Φ(a) = e^(-a²/2)·t·p(t)` for `a = |x|`, `t = 1 / (1 + 0.3·a)`.
  static FloatVector gelu(FloatVector x) {
    FloatVector a = x.abs();
    a = a.blend(GELU_HIGHEST, a.compare(GT, GELU_HIGHEST));
    FloatVector square = a.mul(a);
    FloatVector density = VectorMath.expOfNegative(square.mul(-0.5f));
    // What rounding took from a² moves the exponential by that part.
    density = a.fma(a, square.neg()).mul(-0.5f).fma(density, density);
    FloatVector t = broadcast(SPECIES, 1f).div(a.fma(TAIL_SCALE, 1f));
    FloatVector tail = density.mul(t).mul(tailPolynomial(t));
    return x.mul(tail.blend(broadcast(SPECIES, 1f).sub(tail), x.compare(GT, 0f)));
  }

  private static FloatVector tailPolynomial(FloatVector t) {
    return broadcast(SPECIES, Q9)
        .fma(t, broadcast(SPECIES, Q8))
        .fma(t, broadcast(SPECIES, Q7))
        .fma(t, broadcast(SPECIES, Q6))
        .fma(t, broadcast(SPECIES, Q5))
        .fma(t, broadcast(SPECIES, Q4))
        .fma(t, broadcast(SPECIES, Q3))
        .fma(t, broadcast(SPECIES, Q2))
        .fma(t, broadcast(SPECIES, Q1))
        .fma(t, broadcast(SPECIES, Q0));
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
    return x.blend(x.mul(e), y.compare(LT, 0f)).div(e.add(1f));
  }

  /// Computes `log(1 + e^x) = max(x, 0) + log(1 + e^-|x|)`, which overflows nowhere.
  static FloatVector softplus(FloatVector x) {
    FloatVector tail = VectorLog.log1pOfUnit(VectorMath.expOfNegative(x.abs().neg()));
    return tail.add(x.blend(0f, x.compare(LT, 0f)));
  }

  /// Computes `log(sigmoid(x)) = -(max(-x, 0) + log(1 + e^-|x|))`.
  static FloatVector logSigmoid(FloatVector x) {
    FloatVector tail = VectorLog.log1pOfUnit(VectorMath.expOfNegative(x.abs().neg()));
    return tail.add(x.neg().blend(0f, x.compare(GT, 0f))).neg();
  }

  /// Computes `x·tanh(softplus(x))`, which is `x·n / (n + 2)` with `n = e^x·(e^x + 2)`.
  static FloatVector mish(FloatVector x) {
    FloatVector e = VectorMath.exp(x.blend(MISH_HIGHEST, x.compare(GT, MISH_HIGHEST)));
    FloatVector n = e.mul(e.add(2f));
    return x.mul(n.div(n.add(2f)));
  }

  /// Computes `x / (1 + |x|)`.
  static FloatVector softsign(FloatVector x) {
    return x.div(x.abs().add(1f));
  }

  /// Computes `min(max(x + 3, 0), 6) / 6`.
  static FloatVector hardSigmoid(FloatVector x) {
    return relu6(x.add(3f)).div(6f);
  }

  /// Computes `x·hardSigmoid(x)`.
  static FloatVector hardSilu(FloatVector x) {
    return x.mul(hardSigmoid(x));
  }
}
