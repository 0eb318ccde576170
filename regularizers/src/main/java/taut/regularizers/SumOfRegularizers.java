package taut.regularizers;

import taut.core.Tensor;

/// Adds two penalties.
record SumOfRegularizers(Regularizer first, Regularizer second) implements Regularizer {
  @Override
  public Tensor penalty(Tensor x) {
    return first.penalty(x).add(second.penalty(x));
  }

  @Override
  public String toString() {
    return first + " + " + second;
  }
}
