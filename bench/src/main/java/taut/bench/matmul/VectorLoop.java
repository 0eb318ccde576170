package taut.bench.matmul;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Step 3, SIMD: the loops of step 2 with a whole vector of neighbouring elements in place of one,
/// and one instruction that multiplies and adds.
public final class VectorLoop {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private VectorLoop() {}

  /// Computes C = A·B; see [MatrixProduct].
  public static void multiply(int m, int n, int k, float[] a, float[] b, float[] c) {
    Arrays.fill(c, 0, m * n, 0f);
    addBlock(0, m, 0, n, n, k, a, b, c);
  }

  /// Adds to a block of C: the rows from `firstRow` to before `endRow`, in the columns from
  /// `firstColumn` to before `endColumn`.
  static void addBlock(
      int firstRow,
      int endRow,
      int firstColumn,
      int endColumn,
      int n,
      int k,
      float[] a,
      float[] b,
      float[] c) {
    for (int i = firstRow; i < endRow; i++) {
      for (int p = 0; p < k; p++) {
        float x = a[i * k + p];
        FloatVector v = FloatVector.broadcast(SPECIES, x);
        int j = firstColumn;
        for (; j <= endColumn - LANES; j += LANES) {
          FloatVector sums = FloatVector.fromArray(SPECIES, c, i * n + j);
          v.fma(FloatVector.fromArray(SPECIES, b, p * n + j), sums).intoArray(c, i * n + j);
        }
        for (; j < endColumn; j++) {
          c[i * n + j] = Math.fma(x, b[p * n + j], c[i * n + j]);
        }
      }
    }
  }
}
