package taut.layers;

import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;

/// Draws elements from a normal distribution that is cut off two standard deviations from the mean.
///
/// What is drawn has a standard deviation of about 0.88 times the parameter.
///
/// @param mean the mean
/// @param standardDeviation the standard deviation before the cut, 0 or more
public record TruncatedNormal(double mean, double standardDeviation) implements Initializer {
  /// The standard deviation of a standard normal distribution cut off at ±2: √(1 - 4φ(2) / (2Φ(2) -
  /// 1)).
  static final double CUT = 0.87962566103423978;

  /// Checks the parameters.
  ///
  /// @throws IllegalArgumentException if one is not finite or the standard deviation is negative
  public TruncatedNormal {
    check("TruncatedNormal", mean, standardDeviation);
  }

  static void check(String initializer, double mean, double standardDeviation) {
    if (!(Double.isFinite(mean) && standardDeviation >= 0 && Double.isFinite(standardDeviation))) {
      throw new IllegalArgumentException(
          initializer
              + ": wants a finite mean and a finite standard deviation that is 0 or more, got "
              + mean
              + " and "
              + standardDeviation);
    }
  }

  @Override
  public Tensor initialize(Shape shape, RandomStream random) {
    return random.truncatedNormal(shape, mean, standardDeviation);
  }
}
