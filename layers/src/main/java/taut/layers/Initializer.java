package taut.layers;

import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;

/// Draws the first value of a weight.
///
/// The usual ones stand in [Initializers]; any function of a shape and a random stream is an
/// initializer.
@FunctionalInterface
public interface Initializer {
  /// Returns a tensor of the given shape; the layer converts it to the element type of its weights.
  Tensor initialize(Shape shape, RandomStream random);
}
