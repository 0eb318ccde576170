package taut.layers;

import taut.core.Tensor;

/// Sets random elements to zero in training, and scales the others up so that the mean stays
/// (Srivastava et al. 2014).
///
/// Each element is dropped with probability `rate`, or else divided by 1 - rate. Inference changes
/// nothing. Rate 1 gives zeros. An element that is not finite is NaN when it is dropped.
public final class Dropout extends Layer {
  private final double rate;

  /// Makes the layer.
  ///
  /// @param rate the part that is dropped (not the part that is kept)
  /// @throws IllegalArgumentException if the rate is not between 0 and 1
  public Dropout(double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException(
          "Dropout: the rate that is dropped must be between 0 and 1, got " + rate);
    }
    this.rate = rate;
  }

  @Override
  protected Tensor forward(Tensor x, Pass pass) {
    if (rate == 0 || !pass.isTraining()) {
      return x;
    }
    double kept = 1 - rate;
    return pass.random().dropout(x, kept, 1 / kept);
  }
}
