package taut.layers;

import taut.core.DType;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;

/// Gives a matrix `gain` on its diagonal and 0 elsewhere.
///
/// @param gain the value on the diagonal
public record IdentityInitializer(double gain) implements Initializer {
  /// Makes the initializer with gain 1.
  public IdentityInitializer() {
    this(1);
  }

  /// Makes the matrix, which need not be square.
  ///
  /// @throws IllegalArgumentException if the rank is not 2
  @Override
  public Tensor initialize(Shape shape, RandomStream random) {
    if (shape.rank() != 2) {
      throw new IllegalArgumentException(
          "IdentityInitializer: wants a shape of rank 2, got " + shape);
    }
    Tensor row = Tensor.range(shape.dim(0)).expandDims(1);
    return row.equal(Tensor.range(shape.dim(1))).cast(DType.FLOAT32).mul(gain);
  }
}
