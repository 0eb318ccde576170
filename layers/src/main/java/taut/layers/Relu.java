package taut.layers;

import taut.core.Tensor;

/// The rectifier with all of Keras's settings; [Activations#RELU] is `Relu(0, ∞, 0)` in one
/// operation.
///
/// The value is min(x, maximum) where x > threshold, and slope · (x - threshold) elsewhere. The
/// derivative is 0 at the threshold, but that of [Tensor#leakyRelu] where nothing but the slope is
/// set, and 1 at the maximum. NaN gives NaN.
///
/// @param slope the slope below the threshold, 0 or more
/// @param maximum the largest value, 0 or more; infinite for none
/// @param threshold where the rectifier begins to pass x, 0 or more
public record Relu(double slope, double maximum, double threshold) implements Activation {
  /// Checks the settings.
  ///
  /// @throws IllegalArgumentException if one is negative or NaN
  public Relu {
    if (!(slope >= 0 && maximum >= 0 && threshold >= 0)) {
      throw new IllegalArgumentException(
          "Relu: slope, maximum and threshold must be 0 or more, got "
              + slope
              + ", "
              + maximum
              + ", "
              + threshold);
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    boolean unlimited = maximum == Double.POSITIVE_INFINITY;
    if (threshold == 0 && unlimited) {
      return x.leakyRelu(slope);
    }
    // A comparison that is false for NaN lets it pass.
    Tensor passed = x.lessEqual(threshold).where(Tensor.scalar(0, x.dtype()), x);
    Tensor limited = unlimited ? passed : passed.clip(0, maximum);
    return slope == 0 ? limited : limited.sub(x.subFrom(threshold).relu().mul(slope));
  }
}
