package taut.regularizers;

import taut.core.Tensor;

/// Computes a penalty from a weight or an activity, to be added to the loss.
///
/// Any function of a tensor to a scalar is a regularizer: `w -> w.square().sum().mul(0.02)`. It is
/// differentiated by the tape like any other part of the loss.
@FunctionalInterface
public interface Regularizer {
  /// Returns the penalty of x as a scalar.
  Tensor penalty(Tensor x);

  /// Tells that the penalty is zero whatever x is, so that no term needs to be built: a strength of
  /// 0 is the same as no regularizer, bit for bit.
  default boolean isZero() {
    return false;
  }

  /// Returns the regularizer whose penalty is the sum of this one's and another's.
  default Regularizer plus(Regularizer other) {
    if (isZero()) {
      return other;
    }
    return other.isZero() ? this : new SumOfRegularizers(this, other);
  }

  /// Returns the regularizer whose penalty is this one's times a factor.
  ///
  /// @throws IllegalArgumentException if the factor is negative, infinite or NaN
  default Regularizer scaled(double factor) {
    return new ScaledRegularizer(this, factor);
  }

  /// Returns the regularizer that penalizes nothing.
  static Regularizer none() {
    return NoPenalty.INSTANCE;
  }
}
