package taut.regularizers;

import taut.core.Tensor;

/// Multiplies a penalty by a factor.
record ScaledRegularizer(Regularizer regularizer, double factor) implements Regularizer {
  ScaledRegularizer {
    Strength.check("scaled", "the factor", factor);
  }

  @Override
  public Tensor penalty(Tensor x) {
    return isZero() ? Regularizer.none().penalty(x) : regularizer.penalty(x).mul(factor);
  }

  @Override
  public boolean isZero() {
    return factor == 0 || regularizer.isZero();
  }

  @Override
  public String toString() {
    return factor + " · (" + regularizer + ")";
  }
}
