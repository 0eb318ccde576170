package taut.regularizers;

import taut.core.DType;
import taut.core.Tensor;

/// Penalizes rows (or columns) of a matrix that point in similar directions, as Keras's
/// `OrthogonalRegularizer` does.
///
/// The penalty is a factor times the mean of |cos| over all pairs: with the rows ŵᵢ normalized to
/// length 1 it is factor · ½ Σ_{i≠j} |ŵᵢ·ŵⱼ| / (n(n-1)/2), between 0 (orthogonal) and the factor
/// (parallel).
///
/// A single row has no pair and a penalty of 0, where Keras divides 0 by 0. A row of zeros is
/// orthogonal to everything, and its gradient is 0. NaN in x gives NaN.
///
/// @param factor the strength, 0 or more
/// @param mode what is to be orthogonal
public record Orthogonal(double factor, Mode mode) implements Regularizer {
  /// What is to be orthogonal.
  public enum Mode {
    /// The rows, each a slice along axis 0.
    ROWS,
    /// The columns, each a slice along axis 1.
    COLUMNS
  }

  /// The strength unless told otherwise: 0.01, as in Keras.
  public static final double DEFAULT_FACTOR = 0.01;

  /// Checks the strength.
  ///
  /// @throws IllegalArgumentException if it is negative, infinite or NaN
  public Orthogonal {
    Strength.check("Orthogonal", "factor", factor);
  }

  /// Makes the penalty of strength [#DEFAULT_FACTOR].
  public Orthogonal(Mode mode) {
    this(DEFAULT_FACTOR, mode);
  }

  /// Returns the penalty.
  ///
  /// @throws IllegalArgumentException if x is not a matrix
  @Override
  public Tensor penalty(Tensor x) {
    if (x.rank() != 2) {
      throw new IllegalArgumentException("Orthogonal: wants a matrix, got " + x.spec());
    }
    boolean rows = mode == Mode.ROWS;
    int n = x.dim(rows ? 0 : 1);
    if (isZero() || n < 2) {
      return Regularizer.none().penalty(x);
    }
    Tensor unit = normalized(x, rows ? 1 : 0);
    Tensor cosines = unit.matmul(unit, !rows, rows);
    double pairs = n * (n - 1.0) / 2;
    return cosines.mul(offDiagonal(n, x.dtype())).sumOfAbsolutes().mul(0.5 * factor / pairs);
  }

  /// Divides by the length along an axis. A length of 0 is replaced by 1 before its root is taken,
  /// so that no gradient there is infinite.
  private static Tensor normalized(Tensor x, int axis) {
    Tensor squares = x.sumOfSquares(true, axis);
    Tensor safe = squares.equal(0).where(Tensor.scalar(1, x.dtype()), squares);
    return x.mul(safe.rsqrt());
  }

  private static Tensor offDiagonal(int n, DType dtype) {
    return Tensor.identity(n).cast(dtype).subFrom(1);
  }

  @Override
  public boolean isZero() {
    return factor == 0;
  }
}
