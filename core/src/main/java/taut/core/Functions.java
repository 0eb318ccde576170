package taut.core;

import taut.core.ops.BiasActivation;
import taut.core.ops.Binary;
import taut.core.ops.LogSoftmax;
import taut.core.ops.Softmax;
import taut.core.ops.SoftmaxCrossEntropy;
import taut.core.ops.Unary;

/// What a function makes of a tensor, element by element; the values and derivatives stand in
/// [Unary].
///
/// NaN gives NaN. The functions want floating-point elements; [#neg], [#abs], [#sign] and [#square]
/// take INT32 as well.
public sealed interface Functions permits Tensor {
  /// Returns this as a tensor.
  Tensor self();

  /// Returns f(x + bias), with one bias for each index of the last axis, in one pass: what a dense
  /// layer does to its product.
  ///
  /// @param function RELU, SIGMOID, TANH or EXP, whose derivatives follow from their values
  /// @throws IllegalArgumentException if it is another function, or the bias is not a vector as
  ///   long as the last axis
  default Tensor biasActivation(Tensor bias, Unary function) {
    return new BiasActivation(function).apply(self(), bias);
  }

  /// Returns -x.
  default Tensor neg() {
    return Unary.NEGATE.apply(self());
  }

  /// Returns |x|; the derivative at 0 is 0.
  default Tensor abs() {
    return Unary.ABS.apply(self());
  }

  /// Returns the sign of x, -1, 0 or 1; the derivative is 0.
  default Tensor sign() {
    return Unary.SIGN.apply(self());
  }

  /// Returns x².
  default Tensor square() {
    return Unary.SQUARE.apply(self());
  }

  /// Returns √x; the derivative at 0 is infinite.
  default Tensor sqrt() {
    return Unary.SQRT.apply(self());
  }

  /// Returns √x; where it is 0 the derivative is taken as 0 instead of ∞.
  default Tensor safeSqrt() {
    return Unary.SAFE_SQRT.apply(self());
  }

  /// Returns 1/√x.
  default Tensor rsqrt() {
    return Unary.RSQRT.apply(self());
  }

  /// Returns 1/x.
  default Tensor reciprocal() {
    return Unary.RECIPROCAL.apply(self());
  }

  /// Returns eˣ.
  default Tensor exp() {
    return Unary.EXP.apply(self());
  }

  /// Returns eˣ - 1, exact near 0.
  default Tensor expm1() {
    return Unary.EXPM1.apply(self());
  }

  /// Returns the natural logarithm.
  default Tensor log() {
    return Unary.LOG.apply(self());
  }

  /// Returns log(1 + x), exact near 0.
  default Tensor log1p() {
    return Unary.LOG1P.apply(self());
  }

  /// Returns the sine.
  default Tensor sin() {
    return Unary.SIN.apply(self());
  }

  /// Returns the cosine.
  default Tensor cos() {
    return Unary.COS.apply(self());
  }

  /// Returns the tangent.
  default Tensor tan() {
    return Unary.TAN.apply(self());
  }

  /// Returns the arc sine.
  default Tensor asin() {
    return Unary.ASIN.apply(self());
  }

  /// Returns the arc cosine.
  default Tensor acos() {
    return Unary.ACOS.apply(self());
  }

  /// Returns the arc tangent.
  default Tensor atan() {
    return Unary.ATAN.apply(self());
  }

  /// Returns the hyperbolic sine.
  default Tensor sinh() {
    return Unary.SINH.apply(self());
  }

  /// Returns the hyperbolic cosine.
  default Tensor cosh() {
    return Unary.COSH.apply(self());
  }

  /// Returns the hyperbolic tangent.
  default Tensor tanh() {
    return Unary.TANH.apply(self());
  }

  /// Returns 1 / (1 + e⁻ˣ).
  default Tensor sigmoid() {
    return Unary.SIGMOID.apply(self());
  }

  /// Returns the error function 2/√π ∫₀ˣ e^(-t²) dt.
  default Tensor erf() {
    return Unary.ERF.apply(self());
  }

  /// Returns the largest whole number ≤ x; the derivative is taken as 0.
  default Tensor floor() {
    return Unary.FLOOR.apply(self());
  }

  /// Returns the smallest whole number ≥ x; the derivative is taken as 0.
  default Tensor ceil() {
    return Unary.CEIL.apply(self());
  }

  /// Returns the nearest whole number, ties to even; the derivative is taken as 0.
  default Tensor round() {
    return Unary.ROUND.apply(self());
  }

  /// Returns max(x, 0); the derivative at 0 is 0.
  default Tensor relu() {
    return Unary.RELU.apply(self());
  }

  /// Returns min(max(x, 0), 6); the derivative at 0 and 6 is 0.
  default Tensor relu6() {
    return Unary.RELU6.apply(self());
  }

  /// Returns scale · (x > 0 ? x : α(eˣ - 1)), the self-normalizing unit of Klambauer et al. 2017.
  default Tensor selu() {
    return Unary.SELU.apply(self());
  }

  /// Returns x · Φ(x) with the normal distribution function Φ (Hendrycks and Gimpel 2016).
  default Tensor gelu() {
    return Unary.GELU.apply(self());
  }

  /// Returns GELU in its tanh approximation.
  default Tensor geluTanh() {
    return Unary.GELU_TANH.apply(self());
  }

  /// Returns x · sigmoid(x), also called swish.
  default Tensor silu() {
    return Unary.SILU.apply(self());
  }

  /// Returns log(1 + eˣ).
  default Tensor softplus() {
    return Unary.SOFTPLUS.apply(self());
  }

  /// Returns x / (1 + |x|).
  default Tensor softsign() {
    return Unary.SOFTSIGN.apply(self());
  }

  /// Returns min(max(x/6 + ½, 0), 1).
  default Tensor hardSigmoid() {
    return Unary.HARD_SIGMOID.apply(self());
  }

  /// Returns x · hardSigmoid(x), also called hard swish.
  default Tensor hardSilu() {
    return Unary.HARD_SILU.apply(self());
  }

  /// Returns x · tanh(softplus(x)).
  default Tensor mish() {
    return Unary.MISH.apply(self());
  }

  /// Returns log(sigmoid(x)).
  default Tensor logSigmoid() {
    return Unary.LOG_SIGMOID.apply(self());
  }

  /// Returns x where x > 0, slope · x elsewhere.
  default Tensor leakyRelu(double slope) {
    return Binary.LEAKY_RELU.apply(self(), Tensor.scalar(slope, self().dtype()));
  }

  /// Returns x where x > 0, α(eˣ - 1) elsewhere (Clevert et al. 2015).
  default Tensor elu(double alpha) {
    return Binary.ELU.apply(self(), Tensor.scalar(alpha, self().dtype()));
  }

  /// Returns x · log y, which is 0 where x is 0.
  default Tensor xlogy(Tensor y) {
    return Binary.XLOGY.apply(self(), y);
  }

  /// Returns eˣ / Σ eˣ over the last axis.
  default Tensor softmax() {
    return Softmax.INSTANCE.apply(self());
  }

  /// Returns x - log Σ eˣ over the last axis.
  default Tensor logSoftmax() {
    return LogSoftmax.INSTANCE.apply(self());
  }

  /// Returns eˣ / Σ eˣ over an axis.
  default Tensor softmax(int axis) {
    int at = self().shape().axis("softmax", axis);
    return self().moveAxis(at, -1).softmax().moveAxis(-1, at);
  }

  /// Returns x - log Σ eˣ over an axis.
  default Tensor logSoftmax(int axis) {
    int at = self().shape().axis("logSoftmax", axis);
    return self().moveAxis(at, -1).logSoftmax().moveAxis(-1, at);
  }

  /// Returns -Σ t·logSoftmax(x) over the last axis, without overflow: one loss for each row of
  /// these logits. A class with logit -∞ and target 0 adds nothing.
  ///
  /// @param targets probabilities, in the shape of the logits
  default Tensor softmaxCrossEntropy(Tensor targets) {
    return SoftmaxCrossEntropy.INSTANCE.apply(self(), targets);
  }

  /// Returns -logSoftmax(x) at the label of each row of these logits.
  ///
  /// @param labels INT32 class numbers, in the shape of the logits without the last axis
  /// @throws IllegalArgumentException if a label names no class
  default Tensor sparseSoftmaxCrossEntropy(Tensor labels) {
    return SoftmaxCrossEntropy.Sparse.INSTANCE.apply(self(), labels);
  }
}
