package taut.layers;

import taut.core.DType;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;

/// Gives every element one value.
///
/// @param value the value
public record Constant(double value) implements Initializer {
  @Override
  public Tensor initialize(Shape shape, RandomStream random) {
    return Tensor.full(shape, value, DType.FLOAT32);
  }
}
