package taut.core.ops;

import java.util.stream.IntStream;

/// Eliminates a singular matrix with complete pivoting, P·A·Q = L·U, for what is left of it: the
/// vectors x and y with A·x = 0 and yᵀ·A = 0 (Golub and Van Loan, section 3.4.8).
final class NullVectors {
  private final int n;
  private final double[] lu;
  private final int[] rows;
  private final int[] columns;
  private int sign = 1;

  private NullVectors(double[] matrix, int n) {
    this.n = n;
    this.lu = matrix.clone();
    this.rows = IntStream.range(0, n).toArray();
    this.columns = IntStream.range(0, n).toArray();
    for (int k = 0; k < n; k++) {
      pivot(k);
      for (int i = k + 1; i < n && at(k, k) != 0; i++) {
        double factor = at(i, k) / at(k, k);
        lu[rows[i] * n + columns[k]] = factor;
        for (int j = k + 1; j < n; j++) {
          lu[rows[i] * n + columns[j]] -= factor * at(k, j);
        }
      }
    }
  }

  private double at(int i, int j) {
    return lu[rows[i] * n + columns[j]];
  }

  /// Brings the largest element that is left to place k, k.
  private void pivot(int k) {
    int row = k;
    int column = k;
    for (int i = k; i < n; i++) {
      for (int j = k; j < n; j++) {
        if (Math.abs(at(i, j)) > Math.abs(at(row, column))) {
          row = i;
          column = j;
        }
      }
    }
    exchange(rows, k, row);
    exchange(columns, k, column);
  }

  private void exchange(int[] order, int k, int with) {
    if (k != with) {
      int moved = order[k];
      order[k] = order[with];
      order[with] = moved;
      sign = -sign;
    }
  }

  /// Returns the cofactors of a singular matrix: with the last pivot 0 they are the product of the
  /// others times y·xᵀ, where x and y are 1 at the place of the last pivot.
  static double[] cofactors(double[] matrix, int n) {
    NullVectors factors = new NullVectors(matrix, n);
    double[] x = factors.right();
    double[] y = factors.left();
    double product = factors.sign;
    for (int i = 0; i < n - 1; i++) {
      product *= factors.at(i, i);
    }
    double[] cofactors = new double[n * n];
    for (int i = 0; i < n * n && product != 0; i++) {
      cofactors[i] = product * y[i / n] * x[i % n];
    }
    return cofactors;
  }

  /// Solves U·z = 0 with the last element of z 1.
  private double[] right() {
    double[] x = new double[n];
    x[columns[n - 1]] = 1;
    for (int i = n - 2; i >= 0 && at(i, i) != 0; i--) {
      double sum = 0;
      for (int j = i + 1; j < n; j++) {
        sum -= at(i, j) * x[columns[j]];
      }
      x[columns[i]] = sum / at(i, i);
    }
    return x;
  }

  /// Solves Lᵀ·z = e with e the last unit vector.
  private double[] left() {
    double[] y = new double[n];
    y[rows[n - 1]] = 1;
    for (int i = n - 2; i >= 0; i--) {
      for (int j = i + 1; j < n; j++) {
        y[rows[i]] -= at(j, i) * y[rows[j]];
      }
    }
    return y;
  }
}
