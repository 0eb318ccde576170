package taut.core.ops;

/// The factors P·A = L·U of a square matrix, by Gaussian elimination with partial pivoting (Golub
/// and Van Loan, algorithm 3.4.1).
final class LuFactors {
  private final int n;
  private final double[] lu;
  private final int[] pivots;
  private int sign = 1;

  LuFactors(double[] matrix, int n) {
    this.n = n;
    this.lu = matrix.clone();
    this.pivots = new int[n];
    for (int k = 0; k < n; k++) {
      pivots[k] = pivot(k);
      for (int i = k + 1; i < n && lu[k * n + k] != 0; i++) {
        double factor = lu[i * n + k] / lu[k * n + k];
        lu[i * n + k] = factor;
        for (int j = k + 1; j < n; j++) {
          lu[i * n + j] -= factor * lu[k * n + j];
        }
      }
    }
  }

  /// Brings the row with the largest element of column k to place k.
  private int pivot(int k) {
    int best = k;
    for (int i = k + 1; i < n; i++) {
      if (Math.abs(lu[i * n + k]) > Math.abs(lu[best * n + k])) {
        best = i;
      }
    }
    if (best != k) {
      sign = -sign;
      for (int j = 0; j < n; j++) {
        double swapped = lu[k * n + j];
        lu[k * n + j] = lu[best * n + j];
        lu[best * n + j] = swapped;
      }
    }
    return best;
  }

  double determinant() {
    double product = sign;
    for (int i = 0; i < n; i++) {
      product *= lu[i * n + i];
    }
    return product;
  }

  boolean isSingular() {
    for (int i = 0; i < n; i++) {
      if (lu[i * n + i] == 0) {
        return true;
      }
    }
    return false;
  }

  /// Returns the cofactors of the matrix that was factored.
  double[] cofactors(double[] matrix) {
    return isSingular() ? NullVectors.cofactors(matrix, n) : scaledInverse();
  }

  /// Returns det A · A⁻ᵀ.
  private double[] scaledInverse() {
    double[] identity = new double[n * n];
    for (int i = 0; i < n; i++) {
      identity[i * (n + 1)] = 1;
    }
    double[] inverse = solve("cofactors", identity, n);
    double determinant = determinant();
    double[] cofactors = new double[n * n];
    for (int i = 0; i < n * n; i++) {
      cofactors[i] = determinant * inverse[i % n * n + i / n];
    }
    return cofactors;
  }

  double logAbsoluteDeterminant() {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.log(Math.abs(lu[i * n + i]));
    }
    return sum;
  }

  /// Returns X with A·X = B for an [n, columns] matrix B.
  double[] solve(String op, double[] b, int columns) {
    double[] x = b.clone();
    for (int c = 0; c < columns; c++) {
      for (int i = 0; i < n; i++) {
        double swapped = x[i * columns + c];
        x[i * columns + c] = x[pivots[i] * columns + c];
        x[pivots[i] * columns + c] = swapped;
      }
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < i; j++) {
          x[i * columns + c] -= lu[i * n + j] * x[j * columns + c];
        }
      }
      for (int i = n - 1; i >= 0; i--) {
        for (int j = i + 1; j < n; j++) {
          x[i * columns + c] -= lu[i * n + j] * x[j * columns + c];
        }
        if (lu[i * n + i] == 0) {
          throw new ArithmeticException(op + ": a matrix of size " + n + " is singular");
        }
        x[i * columns + c] /= lu[i * n + i];
      }
    }
    return x;
  }
}
