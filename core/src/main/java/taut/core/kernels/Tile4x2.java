package taut.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The tile of four rows and two vectors: [Tile8x2] for 16 vector registers and for last rows.
final class Tile4x2 {
  /// The rows of a tile.
  static final int ROWS = 4;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private Tile4x2() {}

  /// Computes one tile of C = A·B or C += A·B.
  ///
  /// @param a the left matrix, with as many columns as the strip has rows
  /// @param row the tile's first row in `a` and `c`
  /// @param rows how many of the four rows exist; the others repeat the last of them
  /// @param b the tile's columns of the right matrix
  /// @param c the result
  static void multiply(
      StridedMatrix a, int row, int rows, RightStrip b, StridedMatrix c, boolean accumulate) {
    int k = b.depth();
    float[] x = a.data();
    float[] y = b.data();
    float[] z = c.data();
    int xStep = a.columnStep();
    int yStep = b.step();
    int lastVector = b.lastVector();
    int last = row + rows - 1;
    int x0 = a.index(row, 0);
    int x1 = a.index(Math.min(row + 1, last), 0);
    int x2 = a.index(Math.min(row + 2, last), 0);
    int x3 = a.index(Math.min(row + 3, last), 0);
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = FloatVector.zero(SPECIES);
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector s11 = FloatVector.zero(SPECIES);
    FloatVector s20 = FloatVector.zero(SPECIES);
    FloatVector s21 = FloatVector.zero(SPECIES);
    FloatVector s30 = FloatVector.zero(SPECIES);
    FloatVector s31 = FloatVector.zero(SPECIES);
    for (int p = 0, q = 0, r = b.offset(); p < k; p++, q += xStep, r += yStep) {
      FloatVector y0 = FloatVector.fromArray(SPECIES, y, r);
      FloatVector y1 = FloatVector.fromArray(SPECIES, y, r + lastVector);
      FloatVector v = FloatVector.broadcast(SPECIES, x[x0 + q]);
      s00 = v.fma(y0, s00);
      s01 = v.fma(y1, s01);
      v = FloatVector.broadcast(SPECIES, x[x1 + q]);
      s10 = v.fma(y0, s10);
      s11 = v.fma(y1, s11);
      v = FloatVector.broadcast(SPECIES, x[x2 + q]);
      s20 = v.fma(y0, s20);
      s21 = v.fma(y1, s21);
      v = FloatVector.broadcast(SPECIES, x[x3 + q]);
      s30 = v.fma(y0, s30);
      s31 = v.fma(y1, s31);
    }
    int z0 = c.index(row, b.column());
    int z1 = c.index(Math.min(row + 1, last), b.column());
    int z2 = c.index(Math.min(row + 2, last), b.column());
    int z3 = c.index(Math.min(row + 3, last), b.column());
    if (accumulate) {
      // All is read before anything is written: rows and columns that occur twice count once.
      s00 = s00.add(FloatVector.fromArray(SPECIES, z, z0));
      s01 = s01.add(FloatVector.fromArray(SPECIES, z, z0 + lastVector));
      s10 = s10.add(FloatVector.fromArray(SPECIES, z, z1));
      s11 = s11.add(FloatVector.fromArray(SPECIES, z, z1 + lastVector));
      s20 = s20.add(FloatVector.fromArray(SPECIES, z, z2));
      s21 = s21.add(FloatVector.fromArray(SPECIES, z, z2 + lastVector));
      s30 = s30.add(FloatVector.fromArray(SPECIES, z, z3));
      s31 = s31.add(FloatVector.fromArray(SPECIES, z, z3 + lastVector));
    }
    s00.intoArray(z, z0);
    s01.intoArray(z, z0 + lastVector);
    s10.intoArray(z, z1);
    s11.intoArray(z, z1 + lastVector);
    s20.intoArray(z, z2);
    s21.intoArray(z, z2 + lastVector);
    s30.intoArray(z, z3);
    s31.intoArray(z, z3 + lastVector);
  }
}
