package taut.regularizers;

import taut.core.Tensor;

/// Penalizes the sum of absolute values: λ Σ|x|.
///
/// The gradient is λ·sign(x), taken as 0 at 0, so a weight that is zero stays zero; but gradient
/// steps alone seldom make one exactly zero. NaN in x gives NaN.
///
/// @param lambda the strength λ, 0 or more
public record L1(double lambda) implements Regularizer {
  /// The strength unless told otherwise: 0.01, as in Keras.
  public static final double DEFAULT_LAMBDA = 0.01;

  /// Checks the strength.
  ///
  /// @throws IllegalArgumentException if it is negative, infinite or NaN
  public L1 {
    Strength.check("L1", "lambda", lambda);
  }

  /// Makes the penalty of strength [#DEFAULT_LAMBDA].
  public L1() {
    this(DEFAULT_LAMBDA);
  }

  @Override
  public Tensor penalty(Tensor x) {
    return isZero() ? Regularizer.none().penalty(x) : x.sumOfAbsolutes().mul(lambda);
  }

  @Override
  public boolean isZero() {
    return lambda == 0;
  }
}
