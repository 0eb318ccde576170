package taut.bench.matmul;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Step 4, a tile of C in registers: four rows of two vectors, eight sums that do not wait for each
/// other. Each p takes six loads for eight multiply-adds.
public final class RegisterTile {
  /// The rows of a tile.
  static final int ROWS = 4;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /// The columns of a tile.
  static final int COLUMNS = 2 * LANES;

  private RegisterTile() {}

  /// Computes C = A·B; see [MatrixProduct].
  public static void multiply(int m, int n, int k, float[] a, float[] b, float[] c) {
    Arrays.fill(c, 0, m * n, 0f);
    int rows = m - m % ROWS;
    int columns = n - n % COLUMNS;
    for (int j = 0; j < columns; j += COLUMNS) {
      for (int i = 0; i < rows; i += ROWS) {
        tile(k, a, i * k, k, b, j, n, c, i * n + j, n);
      }
    }
    addEdges(rows, columns, m, n, k, a, b, c);
  }

  /// Adds what no tile covers, with step 3: the last columns, then the last rows.
  static void addEdges(
      int rows, int columns, int m, int n, int k, float[] a, float[] b, float[] c) {
    VectorLoop.addBlock(0, rows, columns, n, n, k, a, b, c);
    VectorLoop.addBlock(rows, m, 0, n, n, k, a, b, c);
  }

  /// Adds `depth` terms to each sum of one tile.
  ///
  /// @param x where the tile's rows of A begin in `a`
  /// @param aStep from one row of A to the next
  /// @param y where the tile's columns of B begin in `b`
  /// @param bStep from one row of B to the next
  /// @param z where the tile begins in `c`
  /// @param cStep from one row of C to the next
  static void tile(
      int depth,
      float[] a,
      int x,
      int aStep,
      float[] b,
      int y,
      int bStep,
      float[] c,
      int z,
      int cStep) {
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = FloatVector.zero(SPECIES);
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector s11 = FloatVector.zero(SPECIES);
    FloatVector s20 = FloatVector.zero(SPECIES);
    FloatVector s21 = FloatVector.zero(SPECIES);
    FloatVector s30 = FloatVector.zero(SPECIES);
    FloatVector s31 = FloatVector.zero(SPECIES);
    for (int p = 0, q = y; p < depth; p++, q += bStep) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, q);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, q + LANES);
      FloatVector v = FloatVector.broadcast(SPECIES, a[x + p]);
      s00 = v.fma(b0, s00);
      s01 = v.fma(b1, s01);
      v = FloatVector.broadcast(SPECIES, a[x + aStep + p]);
      s10 = v.fma(b0, s10);
      s11 = v.fma(b1, s11);
      v = FloatVector.broadcast(SPECIES, a[x + 2 * aStep + p]);
      s20 = v.fma(b0, s20);
      s21 = v.fma(b1, s21);
      v = FloatVector.broadcast(SPECIES, a[x + 3 * aStep + p]);
      s30 = v.fma(b0, s30);
      s31 = v.fma(b1, s31);
    }
    store(s00, s01, c, z);
    store(s10, s11, c, z + cStep);
    store(s20, s21, c, z + 2 * cStep);
    store(s30, s31, c, z + 3 * cStep);
  }

  private static void store(FloatVector s0, FloatVector s1, float[] c, int z) {
    s0.add(FloatVector.fromArray(SPECIES, c, z)).intoArray(c, z);
    s1.add(FloatVector.fromArray(SPECIES, c, z + LANES)).intoArray(c, z + LANES);
  }
}
