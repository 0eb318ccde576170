package taut.layers;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import taut.core.DType;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;

/// Draws a matrix with orthogonal rows or columns, whichever are fewer, each of length `gain` (Saxe
/// et al. 2014).
///
/// A weight of shape [..., n] is taken as a matrix with n columns. It is the Q of the QR
/// decomposition of a matrix of normal numbers, with the signs of the diagonal of R, which makes it
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
    double[][] basis = basis(length, count, random);
    double[] elements = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        elements[i * columns + j] = gain * (rows >= columns ? basis[i][j] : basis[j][i]);
      }
    }
    return Tensor.of(shape, elements).cast(DType.FLOAT32);
  }

  /// Returns a matrix whose columns are orthogonal and of length 1.
  private static double[][] basis(int length, int count, RandomStream random) {
    double[] normal = random.normal(Shape.of(length, count), 0, 1).toDoubles();
    double[][] rows = new double[length][count];
    for (int i = 0; i < length; i++) {
      System.arraycopy(normal, i * count, rows[i], 0, count);
    }
    QRDecomposition decomposition = new QRDecomposition(new Array2DRowRealMatrix(rows, false));
    RealMatrix q = decomposition.getQ();
    RealMatrix r = decomposition.getR();
    double[][] basis = q.getSubMatrix(0, length - 1, 0, count - 1).getData();
    for (double[] row : basis) {
      for (int j = 0; j < count; j++) {
        row[j] *= Math.signum(r.getEntry(j, j));
      }
    }
    return basis;
  }
}
