package taut.bench.matmul;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Half of step 4, and not enough: a vector of C stays in a register until it is complete, but each
/// multiply-add has to wait for the one before it.
public final class OneSum {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private OneSum() {}

  /// Computes C = A·B; see [MatrixProduct].
  public static void multiply(int m, int n, int k, float[] a, float[] b, float[] c) {
    Arrays.fill(c, 0, m * n, 0f);
    int whole = n - n % LANES;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < whole; j += LANES) {
        FloatVector sums = FloatVector.zero(SPECIES);
        for (int p = 0; p < k; p++) {
          FloatVector v = FloatVector.broadcast(SPECIES, a[i * k + p]);
          sums = v.fma(FloatVector.fromArray(SPECIES, b, p * n + j), sums);
        }
        sums.intoArray(c, i * n + j);
      }
    }
    // What does not fill a vector is left to step 3.
    VectorLoop.addBlock(0, m, whole, n, n, k, a, b, c);
  }
}
