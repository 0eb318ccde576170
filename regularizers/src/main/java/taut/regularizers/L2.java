package taut.regularizers;

import taut.core.Tensor;

/// Penalizes the sum of squares: λ Σx², without a ½, as in Keras; the gradient is 2λx.
///
/// [HalfL2] is the form with ½, which PyTorch's weight decay and `tf.nn.l2_loss` use: `L2(λ)` is
/// `HalfL2(2λ)`. NaN in x gives NaN.
///
/// @param lambda the strength λ, 0 or more
public record L2(double lambda) implements Regularizer {
  /// The strength unless told otherwise: 0.01, as in Keras.
  public static final double DEFAULT_LAMBDA = 0.01;

  /// Checks the strength.
  ///
  /// @throws IllegalArgumentException if it is negative, infinite or NaN
  public L2 {
    Strength.check("L2", "lambda", lambda);
  }

  /// Makes the penalty of strength [#DEFAULT_LAMBDA].
  public L2() {
    this(DEFAULT_LAMBDA);
  }

  @Override
  public Tensor penalty(Tensor x) {
    return isZero() ? Regularizer.none().penalty(x) : x.sumOfSquares().mul(lambda);
  }

  @Override
  public boolean isZero() {
    return lambda == 0;
  }
}
