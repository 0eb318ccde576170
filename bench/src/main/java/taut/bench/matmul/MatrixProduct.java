package taut.bench.matmul;

/// A way to compute the product of two matrices.
@FunctionalInterface
public interface MatrixProduct {
  /// Computes C = A·B, where each element is `c[i, j] = Σ_p a[i, p]·b[p, j]`.
  ///
  /// All three are row-major: row i of A begins at `a[i * k]`.
  ///
  /// @param m the rows of A and C
  /// @param n the columns of B and C
  /// @param k the columns of A and rows of B
  /// @param c the result, whatever it held before; no other array than `a` and `b`
  void multiply(int m, int n, int k, float[] a, float[] b, float[] c);
}
