package taut.core.ops;

import taut.core.Op;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Computes the orthonormal factor Q [..., m, n] of A = Q·R for matrices A [..., m, n] with m ≥ n
/// of full rank; R is QᵀA.
///
/// The diagonal of R is positive, which makes the factors unique.
public enum QrFactor implements Op {
  /// The op; it has no attributes.
  INSTANCE;

  @Override
  public String label() {
    return "qr";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    return Matrices.checkTall(label(), inputs[0]);
  }

  /// @throws ArithmeticException if the columns of a matrix are linearly dependent
  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    int m = spec.shape().dim(-2);
    int n = spec.shape().dim(-1);
    return Matrices.map(spec, inputs[0], matrix -> orthonormalize(matrix, m, n));
  }

  /// Gram and Schmidt's process, each column twice, which is as accurate as reflections (Giraud et
  /// al. 2005).
  private static double[] orthonormalize(double[] a, int m, int n) {
    double[][] columns = new double[n][m];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        columns[j][i] = a[i * n + j];
      }
    }
    for (int j = 0; j < n; j++) {
      double[] column = columns[j];
      double before = norm(column);
      for (int pass = 0; pass < 2; pass++) {
        for (int k = 0; k < j; k++) {
          subtractProjection(column, columns[k]);
        }
      }
      double norm = norm(column);
      // What is left of a dependent column is rounding, and its direction means nothing.
      if (norm <= before * m * Math.ulp(1.0)) {
        throw new ArithmeticException(
            "qr: column " + j + " of a matrix [" + m + ", " + n + "] depends on those before it");
      }
      for (int i = 0; i < m; i++) {
        column[i] /= norm;
      }
    }
    double[] q = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        q[i * n + j] = columns[j][i];
      }
    }
    return q;
  }

  private static void subtractProjection(double[] column, double[] unit) {
    double dot = dot(unit, column);
    for (int i = 0; i < unit.length; i++) {
      column[i] -= dot * unit[i];
    }
  }

  /// Four sums, which do not wait for each other.
  private static double dot(double[] x, double[] y) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i <= x.length - 4; i += 4) {
      sum0 += x[i] * y[i];
      sum1 += x[i + 1] * y[i + 1];
      sum2 += x[i + 2] * y[i + 2];
      sum3 += x[i + 3] * y[i + 3];
    }
    for (; i < x.length; i++) {
      sum0 += x[i] * y[i];
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  private static double norm(double[] column) {
    double norm = 0;
    for (double element : column) {
      norm = Math.hypot(norm, element);
    }
    return norm;
  }

  /// The cotangent of A is (C + Q·S(-CᵀQ))·R⁻ᵀ, where S mirrors the lower triangle upwards (Walter
  /// and Lehmann 2010).
  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    Tensor r = output.matmul(inputs[0], true, false);
    Tensor m = cotangent.matmul(output, true, false).neg();
    Tensor lower = m.mul(Matrices.lower(m, 1));
    Tensor strict = m.mul(Matrices.lower(m, 0));
    Tensor mirrored = lower.add(Matrices.transpose(strict));
    Tensor inner = cotangent.add(output.matmul(mirrored));
    return inner.matmul(Inverse.INSTANCE.apply(r), false, true);
  }

  /// With B = dA·R⁻¹ and Ω the antisymmetric matrix of the strict lower triangle of QᵀB: dQ = Q·Ω +
  /// B - Q·QᵀB.
  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    Tensor r = output.matmul(inputs[0], true, false);
    Tensor b = tangent.matmul(Inverse.INSTANCE.apply(r));
    Tensor projected = output.matmul(b, true, false);
    Tensor strict = projected.mul(Matrices.lower(projected, 0));
    Tensor omega = strict.sub(Matrices.transpose(strict));
    return b.add(output.matmul(omega.sub(projected)));
  }
}
