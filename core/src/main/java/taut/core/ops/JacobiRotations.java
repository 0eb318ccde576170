package taut.core.ops;

import java.util.Comparator;
import java.util.stream.IntStream;

/// Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations (Golub and Van Loan,
/// section 8.5), the largest value first.
///
/// Each eigenvector's largest element is positive, so that the result is unique where the values
/// differ.
final class JacobiRotations {
  private static final int SWEEPS = 60;

  private final int n;
  private final double scale;
  private final double[] a;
  private final double[] v;

  JacobiRotations(double[] matrix, int n) {
    this.n = n;
    this.scale = Matrices.scale(matrix);
    this.a = new double[n * n];
    this.v = new double[n * n];
    for (int i = 0; i < n; i++) {
      v[i * (n + 1)] = 1;
      for (int j = 0; j < n; j++) {
        a[i * n + j] = (matrix[i * n + j] / scale + matrix[j * n + i] / scale) / 2;
      }
    }
    for (int sweep = 0; sweep < SWEEPS && !isDiagonal(); sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          annihilate(p, q);
        }
      }
    }
  }

  private boolean isDiagonal() {
    double off = 0;
    double all = 0;
    for (int i = 0; i < n * n; i++) {
      all += a[i] * a[i];
      off += i % (n + 1) == 0 ? 0 : a[i] * a[i];
    }
    return off <= all * 1e-32;
  }

  /// Rotates the plane of axes p and q so that the element they share becomes 0.
  private void annihilate(int p, int q) {
    double shared = a[p * n + q];
    if (shared == 0) {
      return;
    }
    double tau = (a[q * n + q] - a[p * n + p]) / (2 * shared);
    double t = Math.copySign(1, tau) / (Math.abs(tau) + Math.hypot(1, tau));
    double c = 1 / Math.hypot(1, t);
    double s = t * c;
    for (int k = 0; k < n; k++) {
      rotate(a, k * n + p, k * n + q, c, s);
      rotate(v, k * n + p, k * n + q, c, s);
    }
    for (int k = 0; k < n; k++) {
      rotate(a, p * n + k, q * n + k, c, s);
    }
  }

  private static void rotate(double[] x, int i, int j, double c, double s) {
    double first = x[i];
    double second = x[j];
    x[i] = c * first - s * second;
    x[j] = s * first + c * second;
  }

  private int[] order() {
    return IntStream.range(0, n)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -a[i * (n + 1)]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  double[] values() {
    return IntStream.of(order()).mapToDouble(i -> a[i * (n + 1)] * scale).toArray();
  }

  double[] vectors() {
    int[] order = order();
    double[] columns = new double[n * n];
    for (int j = 0; j < n; j++) {
      int largest = 0;
      for (int i = 1; i < n; i++) {
        if (Math.abs(v[i * n + order[j]]) > Math.abs(v[largest * n + order[j]])) {
          largest = i;
        }
      }
      double sign = Math.signum(v[largest * n + order[j]]);
      for (int i = 0; i < n; i++) {
        columns[i * n + j] = sign * v[i * n + order[j]];
      }
    }
    return columns;
  }
}
