package taut.layers;

import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;

/// Draws elements uniformly between two limits.
///
/// @param low the lower limit, which is included
/// @param high the upper limit
public record RandomUniform(double low, double high) implements Initializer {
  /// Checks the limits.
  ///
  /// @throws IllegalArgumentException if they are not finite or low is above high
  public RandomUniform {
    if (!(low <= high && Double.isFinite(high - low))) {
      throw new IllegalArgumentException(
          "RandomUniform: wants finite limits low ≤ high, got " + low + " and " + high);
    }
  }

  @Override
  public Tensor initialize(Shape shape, RandomStream random) {
    return random.uniform(shape, low, high);
  }
}
