package taut.core.ops;

import java.util.Arrays;
import taut.core.Op;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Computes the singular values of matrices with at least as many rows as columns, [..., m, n] →
/// [..., n], the largest first.
///
/// The derivative of a singular value is uᵢ·vᵢᵀ; that of one that is 0 is taken as 0.
public enum SingularValues implements Op {
  /// The op; it has no attributes.
  INSTANCE;

  @Override
  public String label() {
    return "singularValues";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    Matrices.check(label(), inputs[0]);
    int rank = inputs[0].shape().rank();
    if (inputs[0].shape().dim(-2) < inputs[0].shape().dim(-1)) {
      throw new IllegalArgumentException(
          "singularValues: wants at least as many rows as columns, got "
              + inputs[0]
              + "; transpose it");
    }
    return new TensorSpec(
        inputs[0].shape().reduced(new int[] {rank - 2}, false), inputs[0].dtype());
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    int m = inputs[0].dim(-2);
    int n = inputs[0].dim(-1);
    return Matrices.map(spec, inputs[0], matrix -> columnNorms(orthogonalize(matrix, m, n), m, n));
  }

  /// Rotates pairs of columns until all are orthogonal (Hestenes 1958): more accurate for small
  /// values than the eigenvalues of AᵀA.
  private static double[] orthogonalize(double[] matrix, int m, int n) {
    double[] a = matrix.clone();
    boolean rotated = true;
    for (int sweep = 0; sweep < 60 && rotated; sweep++) {
      rotated = false;
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotated |= rotate(a, m, n, p, q);
        }
      }
    }
    return a;
  }

  private static boolean rotate(double[] a, int m, int n, int p, int q) {
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
    for (int i = 0; i < m; i++) {
      double first = a[i * n + p];
      a[i * n + p] = c * first - s * a[i * n + q];
      a[i * n + q] = s * first + c * a[i * n + q];
    }
    return true;
  }

  private static double[] columnNorms(double[] a, int m, int n) {
    double[] norms = new double[n];
    for (int i = 0; i < m * n; i++) {
      norms[i % n] = Math.hypot(norms[i % n], a[i]);
    }
    Arrays.sort(norms);
    for (int i = 0; i < n / 2; i++) {
      double swapped = norms[i];
      norms[i] = norms[n - 1 - i];
      norms[n - 1 - i] = swapped;
    }
    return norms;
  }

  /// The right vectors V are the eigenvectors of AᵀA, the left ones are A·V·diag(1/s).
  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    Tensor v = rightVectors(inputs[0]);
    Tensor scale = Matrices.diagonal(divided(cotangent, output));
    return inputs[0].matmul(v).matmul(scale).matmul(v, false, true);
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    Tensor v = rightVectors(inputs[0]);
    Tensor products = inputs[0].matmul(v).mul(tangent.matmul(v)).sum(-2);
    return divided(products, output);
  }

  private static Tensor rightVectors(Tensor a) {
    return SymmetricEigenvectors.INSTANCE.apply(a.matmul(a, true, false));
  }

  private static Tensor divided(Tensor x, Tensor values) {
    Tensor zero = values.equal(0);
    Tensor safe = zero.where(Tensor.scalar(1, values.dtype()), values);
    return zero.where(Tensor.scalar(0, values.dtype()), x.div(safe));
  }
}
