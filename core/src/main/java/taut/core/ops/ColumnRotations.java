package taut.core.ops;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Singular values and right singular vectors of an [m, n] matrix with m ≥ n: rotates pairs of
/// columns until all are orthogonal, A·V = U·diag(s) (Hestenes 1958), the largest value first.
///
/// That is more accurate for small values than the eigenvalues of AᵀA. Each vector's largest
/// element is positive, so that the result is unique where the values differ.
final class ColumnRotations {
  private static final int SWEEPS = 60;

  private final int m;
  private final int n;
  private final double scale;
  private final double[] a;
  private final double[] v;

  ColumnRotations(double[] matrix, int m, int n) {
    this.m = m;
    this.n = n;
    this.scale = Matrices.scale(matrix);
    this.a = Arrays.stream(matrix).map(element -> element / scale).toArray();
    this.v = new double[n * n];
    for (int i = 0; i < n; i++) {
      v[i * (n + 1)] = 1;
    }
    boolean rotated = true;
    for (int sweep = 0; sweep < SWEEPS && rotated; sweep++) {
      rotated = false;
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotated |= orthogonalize(p, q);
        }
      }
    }
  }

  private boolean orthogonalize(int p, int q) {
    double alpha = 0;
    double beta = 0;
    double gamma = 0;
    for (int i = 0; i < m; i++) {
      alpha += a[i * n + p] * a[i * n + p];
      beta += a[i * n + q] * a[i * n + q];
      gamma += a[i * n + p] * a[i * n + q];
    }
    if (!(Math.abs(gamma) > 1e-16 * Math.sqrt(alpha * beta))) {
      return false;
    }
    double zeta = (beta - alpha) / (2 * gamma);
    double t = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.hypot(1, zeta));
    double c = 1 / Math.hypot(1, t);
    double s = t * c;
    rotate(a, m, p, q, c, s);
    rotate(v, n, p, q, c, s);
    return true;
  }

  private void rotate(double[] x, int rows, int p, int q, double c, double s) {
    for (int i = 0; i < rows; i++) {
      double first = x[i * n + p];
      double second = x[i * n + q];
      x[i * n + p] = c * first - s * second;
      x[i * n + q] = s * first + c * second;
    }
  }

  private double[] norms() {
    double[] norms = new double[n];
    for (int i = 0; i < m * n; i++) {
      norms[i % n] = Math.hypot(norms[i % n], a[i]);
    }
    return norms;
  }

  private int[] order(double[] norms) {
    return IntStream.range(0, n)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -norms[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /// Returns the n singular values.
  double[] values() {
    double[] norms = norms();
    return IntStream.of(order(norms)).mapToDouble(i -> norms[i] * scale).toArray();
  }

  /// Returns V, [n, n].
  double[] vectors() {
    int[] order = order(norms());
    double[] columns = new double[n * n];
    for (int j = 0; j < n; j++) {
      double largest = 0;
      for (int i = 0; i < n; i++) {
        double element = v[i * n + order[j]];
        largest = Math.abs(element) > Math.abs(largest) ? element : largest;
      }
      for (int i = 0; i < n; i++) {
        columns[i * n + j] = Math.signum(largest) * v[i * n + order[j]];
      }
    }
    return columns;
  }
}
