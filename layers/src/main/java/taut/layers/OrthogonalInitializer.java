package taut.layers;

import taut.core.DType;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.ops.QrFactor;

/// Draws a matrix with orthogonal rows or columns, whichever are fewer, each of length `gain` (Saxe
/// et al. 2014).
///
/// A weight of shape [..., n] is taken as a matrix with n columns. It is the Q of the QR
/// decomposition of a matrix of normal numbers whose R has a positive diagonal, which makes it
/// uniform among the orthogonal matrices (Mezzadri 2007).
///
/// @param gain the length of the rows or columns
public record OrthogonalInitializer(double gain) implements Initializer {
  /// Makes the initializer with gain 1.
  public OrthogonalInitializer() {
    this(1);
  }

  /// Draws the weight.
  ///
  /// @throws IllegalArgumentException if the rank is below 2
  @Override
  public Tensor initialize(Shape shape, RandomStream random) {
    if (shape.rank() < 2) {
      throw new IllegalArgumentException(
          "OrthogonalInitializer: wants a shape of rank 2 or more, got " + shape);
    }
    if (shape.size() == 0) {
      return Tensor.full(shape, 0, DType.FLOAT32);
    }
    int columns = shape.dim(-1);
    int rows = shape.size() / columns;
    int length = Math.max(rows, columns);
    int count = Math.min(rows, columns);
    Tensor normal = random.normal(Shape.of(length, count), 0, 1).cast(DType.FLOAT64);
    Tensor basis = QrFactor.INSTANCE.apply(normal);
    Tensor matrix = rows >= columns ? basis : basis.transpose();
    return matrix.mul(gain).cast(DType.FLOAT32).reshape(shape);
  }
}
