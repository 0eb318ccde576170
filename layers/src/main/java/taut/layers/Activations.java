package taut.layers;

import java.util.Optional;
import java.util.function.UnaryOperator;
import taut.core.Tensor;
import taut.core.ops.Unary;

/// The activations that need no setting, with Keras's meanings; each is one operation.
///
/// Values and derivatives stand in [taut.core.ops.Unary] and the classes beside it. A slope or
/// scale of one's own is a lambda, `x -> x.leakyRelu(0.1)`, or a record such as [Relu].
public enum Activations implements Activation {
  /// x itself.
  LINEAR(x -> x),
  /// max(x, 0).
  RELU(Unary.RELU),
  /// min(max(x, 0), 6).
  RELU6(Tensor::relu6),
  /// x where x > 0, 0.2 · x elsewhere; Keras's slope.
  LEAKY_RELU(x -> x.leakyRelu(0.2)),
  /// x where x > 0, eˣ - 1 elsewhere.
  ELU(x -> x.elu(1)),
  /// scale · (x > 0 ? x : α(eˣ - 1)), self-normalizing.
  SELU(Tensor::selu),
  /// x · Φ(x) with the normal distribution function Φ.
  GELU(Tensor::gelu),
  /// GELU in its tanh approximation.
  GELU_TANH(Tensor::geluTanh),
  /// x · sigmoid(x), also called swish.
  SILU(Tensor::silu),
  /// x · hardSigmoid(x), also called hard swish.
  HARD_SILU(Tensor::hardSilu),
  /// x · tanh(softplus(x)).
  MISH(Tensor::mish),
  /// 1 / (1 + e⁻ˣ).
  SIGMOID(Unary.SIGMOID),
  /// min(max(x/6 + ½, 0), 1).
  HARD_SIGMOID(Tensor::hardSigmoid),
  /// log(sigmoid(x)).
  LOG_SIGMOID(Tensor::logSigmoid),
  /// The hyperbolic tangent.
  TANH(Unary.TANH),
  /// log(1 + eˣ).
  SOFTPLUS(Tensor::softplus),
  /// x / (1 + |x|).
  SOFTSIGN(Tensor::softsign),
  /// eˣ.
  EXPONENTIAL(Unary.EXP),
  /// eˣ / Σ eˣ over the last axis: probabilities.
  SOFTMAX(Tensor::softmax),
  /// x - log Σ eˣ over the last axis.
  LOG_SOFTMAX(Tensor::logSoftmax);

  private final UnaryOperator<Tensor> function;
  private final Optional<Unary> fused;

  Activations(UnaryOperator<Tensor> function) {
    this.function = function;
    this.fused = Optional.empty();
  }

  /// Takes a function that adds a bias in the same pass.
  Activations(Unary fused) {
    this.function = fused::apply;
    this.fused = Optional.of(fused);
  }

  @Override
  public Tensor apply(Tensor x) {
    return function.apply(x);
  }

  @Override
  public Tensor apply(Tensor x, Tensor bias) {
    return fused.isPresent() ? x.biasActivation(bias, fused.get()) : apply(x.add(bias));
  }
}
