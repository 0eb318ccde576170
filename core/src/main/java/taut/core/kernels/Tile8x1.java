package taut.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The tile of eight rows and one vector, for products at most one vector wide.
final class Tile8x1 {
  /// The rows of a tile.
  static final int ROWS = 8;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private Tile8x1() {}

  /// Computes one tile of C = A·B or C += A·B.
  ///
  /// @param a the left matrix, with as many columns as the strip has rows
  /// @param row the tile's first row in `a` and `c`
  /// @param rows how many of the eight rows exist; the others repeat the last of them
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
    int last = row + rows - 1;
    int x0 = a.index(row, 0);
    int x1 = a.index(Math.min(row + 1, last), 0);
    int x2 = a.index(Math.min(row + 2, last), 0);
    int x3 = a.index(Math.min(row + 3, last), 0);
    int x4 = a.index(Math.min(row + 4, last), 0);
    int x5 = a.index(Math.min(row + 5, last), 0);
    int x6 = a.index(Math.min(row + 6, last), 0);
    int x7 = a.index(Math.min(row + 7, last), 0);
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector s20 = FloatVector.zero(SPECIES);
    FloatVector s30 = FloatVector.zero(SPECIES);
    FloatVector s40 = FloatVector.zero(SPECIES);
    FloatVector s50 = FloatVector.zero(SPECIES);
    FloatVector s60 = FloatVector.zero(SPECIES);
    FloatVector s70 = FloatVector.zero(SPECIES);
    for (int p = 0, q = 0, r = b.offset(); p < k; p++, q += xStep, r += yStep) {
      FloatVector y0 = FloatVector.fromArray(SPECIES, y, r);
      FloatVector v = FloatVector.broadcast(SPECIES, x[x0 + q]);
      s00 = v.fma(y0, s00);
      v = FloatVector.broadcast(SPECIES, x[x1 + q]);
      s10 = v.fma(y0, s10);
      v = FloatVector.broadcast(SPECIES, x[x2 + q]);
      s20 = v.fma(y0, s20);
      v = FloatVector.broadcast(SPECIES, x[x3 + q]);
      s30 = v.fma(y0, s30);
      v = FloatVector.broadcast(SPECIES, x[x4 + q]);
      s40 = v.fma(y0, s40);
      v = FloatVector.broadcast(SPECIES, x[x5 + q]);
      s50 = v.fma(y0, s50);
      v = FloatVector.broadcast(SPECIES, x[x6 + q]);
      s60 = v.fma(y0, s60);
      v = FloatVector.broadcast(SPECIES, x[x7 + q]);
      s70 = v.fma(y0, s70);
    }
    int z0 = c.index(row, b.column());
    int z1 = c.index(Math.min(row + 1, last), b.column());
    int z2 = c.index(Math.min(row + 2, last), b.column());
    int z3 = c.index(Math.min(row + 3, last), b.column());
    int z4 = c.index(Math.min(row + 4, last), b.column());
    int z5 = c.index(Math.min(row + 5, last), b.column());
    int z6 = c.index(Math.min(row + 6, last), b.column());
    int z7 = c.index(Math.min(row + 7, last), b.column());
    if (accumulate) {
      // All is read before anything is written: rows and columns that occur twice count once.
      s00 = s00.add(FloatVector.fromArray(SPECIES, z, z0));
      s10 = s10.add(FloatVector.fromArray(SPECIES, z, z1));
      s20 = s20.add(FloatVector.fromArray(SPECIES, z, z2));
      s30 = s30.add(FloatVector.fromArray(SPECIES, z, z3));
      s40 = s40.add(FloatVector.fromArray(SPECIES, z, z4));
      s50 = s50.add(FloatVector.fromArray(SPECIES, z, z5));
      s60 = s60.add(FloatVector.fromArray(SPECIES, z, z6));
      s70 = s70.add(FloatVector.fromArray(SPECIES, z, z7));
    }
    s00.intoArray(z, z0);
    s10.intoArray(z, z1);
    s20.intoArray(z, z2);
    s30.intoArray(z, z3);
    s40.intoArray(z, z4);
    s50.intoArray(z, z5);
    s60.intoArray(z, z6);
    s70.intoArray(z, z7);
  }
}
