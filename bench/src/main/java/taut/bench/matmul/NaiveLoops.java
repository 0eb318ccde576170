package taut.bench.matmul;

/// Step 1, the definition: every element of C is the dot product of a row of A and a column of B.
public final class NaiveLoops {
  private NaiveLoops() {}

  /// Computes C = A·B; see [MatrixProduct].
  public static void multiply(int m, int n, int k, float[] a, float[] b, float[] c) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        float sum = 0;
        for (int p = 0; p < k; p++) {
          sum += a[i * k + p] * b[p * n + j];
        }
        c[i * n + j] = sum;
      }
    }
  }
}
