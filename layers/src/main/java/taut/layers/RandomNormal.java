package taut.layers;

import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;

/// Draws elements from a normal distribution.
///
/// @param mean the mean
/// @param standardDeviation the standard deviation, 0 or more
public record RandomNormal(double mean, double standardDeviation) implements Initializer {
  /// Checks the parameters.
  ///
  /// @throws IllegalArgumentException if one is not finite or the standard deviation is negative
  public RandomNormal {
    TruncatedNormal.check("RandomNormal", mean, standardDeviation);
  }

  @Override
  public Tensor initialize(Shape shape, RandomStream random) {
    return random.normal(shape, mean, standardDeviation);
  }
}
