package taut.regularizers;

import taut.core.Tensor;

/// Penalizes half the sum of squares: ½λ Σx², so that the gradient is λx.
///
/// With plain gradient descent this is weight decay of λ; `tf.nn.l2_loss` is `HalfL2(1)`. [L2] is
/// the form without ½. NaN in x gives NaN.
///
/// @param lambda the strength λ, 0 or more
public record HalfL2(double lambda) implements Regularizer {
  /// Checks the strength.
  ///
  /// @throws IllegalArgumentException if it is negative, infinite or NaN
  public HalfL2 {
    Strength.check("HalfL2", "lambda", lambda);
  }

  @Override
  public Tensor penalty(Tensor x) {
    return isZero() ? Regularizer.none().penalty(x) : x.sumOfSquares().mul(0.5 * lambda);
  }

  @Override
  public boolean isZero() {
    return lambda == 0;
  }
}
