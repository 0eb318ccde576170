package taut.bench.matmul;

import java.util.Arrays;

/// Step 2, the same sums in another order: the innermost loop walks along rows of B and C, so it
/// uses every element of the cache lines that it loads.
public final class LoopOrder {
  private LoopOrder() {}

  /// Computes C = A·B; see [MatrixProduct].
  public static void multiply(int m, int n, int k, float[] a, float[] b, float[] c) {
    Arrays.fill(c, 0, m * n, 0f);
    for (int i = 0; i < m; i++) {
      for (int p = 0; p < k; p++) {
        float x = a[i * k + p];
        for (int j = 0; j < n; j++) {
          c[i * n + j] += x * b[p * n + j];
        }
      }
    }
  }
}
