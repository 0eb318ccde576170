package taut.core.ops;

import taut.core.Op;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Factors symmetric positive definite matrices A = L·Lᵀ into lower triangles L, [..., n, n]. Of A
/// the symmetric part (A + Aᵀ) / 2 counts.
public enum Cholesky implements Op {
  /// The op; it has no attributes.
  INSTANCE;

  @Override
  public String label() {
    return "cholesky";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    return Matrices.checkSquare(label(), inputs[0]);
  }

  /// @throws ArithmeticException if a matrix is not positive definite
  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    int n = spec.shape().dim(-1);
    return Matrices.map(spec, inputs[0], matrix -> factor(matrix, n));
  }

  private static double[] factor(double[] a, int n) {
    double[] l = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = (a[i * n + j] + a[j * n + i]) / 2;
        for (int k = 0; k < j; k++) {
          sum -= l[i * n + k] * l[j * n + k];
        }
        if (i == j && !(sum > 0)) {
          throw new ArithmeticException(
              "cholesky: a matrix of size "
                  + n
                  + " is not positive definite: pivot "
                  + i
                  + " is "
                  + sum);
        }
        l[i * n + j] = i == j ? Math.sqrt(sum) : sum / l[j * n + j];
      }
    }
    return l;
  }

  /// With Φ the lower triangle with halved diagonal: S = L⁻ᵀ·Φ(Lᵀ·C)·L⁻¹, and the cotangent of A is
  /// its symmetric part (Murray 2016).
  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    Tensor inverse = Inverse.INSTANCE.apply(output);
    Tensor middle = phi(output.matmul(cotangent, true, false));
    return Matrices.symmetric(inverse.matmul(middle, true, false).matmul(inverse));
  }

  /// dL = L·Φ(L⁻¹·dA·L⁻ᵀ).
  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    Tensor inverse = Inverse.INSTANCE.apply(output);
    Tensor middle = inverse.matmul(Matrices.symmetric(tangent)).matmul(inverse, false, true);
    return output.matmul(phi(middle));
  }

  private static Tensor phi(Tensor x) {
    return x.mul(Matrices.lower(x, 0.5));
  }
}
