package taut.layers;

import taut.core.Tensor;

/// Sets negative weights to 0.
public record NonNeg() implements Constraint {
  @Override
  public Tensor apply(Tensor w) {
    return w.relu();
  }
}
