package taut.layers;

import taut.core.Tensor;

/// The absence of a constraint.
enum NoConstraint implements Constraint {
  INSTANCE;

  @Override
  public Tensor apply(Tensor w) {
    return w;
  }

  @Override
  public boolean isNone() {
    return true;
  }

  @Override
  public String toString() {
    return "none";
  }
}
