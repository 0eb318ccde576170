package taut.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The tile of eight rows, one vector of 512 bits and half a vector, for the last columns of a
/// product: on cores that compute 512 bits in two steps the half takes half the time.
///
/// The half vector of a factor is part of its whole vector's register; to broadcast it anew would
/// take as long as it saves.
final class HalfTile8x2 {
  /// The rows of a tile.
  static final int ROWS = 8;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_512;
  private static final VectorSpecies<Float> HALF = FloatVector.SPECIES_256;

  private HalfTile8x2() {}

  /// Computes one tile of C = A·B or C += A·B.
  ///
  /// @param a the left matrix, with as many columns as the strip has rows
  /// @param row the tile's first row in `a` and `c`
  /// @param rows how many of the eight rows exist; the others repeat the last of them
  /// @param b the tile's columns of the right matrix, which end with half a vector
  /// @param c the result
  static void multiply(
      StridedMatrix a, int row, int rows, RightStrip b, StridedMatrix c, boolean accumulate) {
    int k = b.depth();
    float[] x = a.data();
    float[] y = b.data();
    float[] z = c.data();
    int xStep = a.columnStep();
    int yStep = b.step();
    int lastHalf = b.lastHalf();
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
    FloatVector s01 = FloatVector.zero(HALF);
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector s11 = FloatVector.zero(HALF);
    FloatVector s20 = FloatVector.zero(SPECIES);
    FloatVector s21 = FloatVector.zero(HALF);
    FloatVector s30 = FloatVector.zero(SPECIES);
    FloatVector s31 = FloatVector.zero(HALF);
    FloatVector s40 = FloatVector.zero(SPECIES);
    FloatVector s41 = FloatVector.zero(HALF);
    FloatVector s50 = FloatVector.zero(SPECIES);
    FloatVector s51 = FloatVector.zero(HALF);
    FloatVector s60 = FloatVector.zero(SPECIES);
    FloatVector s61 = FloatVector.zero(HALF);
    FloatVector s70 = FloatVector.zero(SPECIES);
    FloatVector s71 = FloatVector.zero(HALF);
    for (int p = 0, q = 0, r = b.offset(); p < k; p++, q += xStep, r += yStep) {
      FloatVector y0 = FloatVector.fromArray(SPECIES, y, r);
      FloatVector y1 = FloatVector.fromArray(HALF, y, r + lastHalf);
      FloatVector v = FloatVector.broadcast(SPECIES, x[x0 + q]);
      s00 = v.fma(y0, s00);
      s01 = half(v).fma(y1, s01);
      v = FloatVector.broadcast(SPECIES, x[x1 + q]);
      s10 = v.fma(y0, s10);
      s11 = half(v).fma(y1, s11);
      v = FloatVector.broadcast(SPECIES, x[x2 + q]);
      s20 = v.fma(y0, s20);
      s21 = half(v).fma(y1, s21);
      v = FloatVector.broadcast(SPECIES, x[x3 + q]);
      s30 = v.fma(y0, s30);
      s31 = half(v).fma(y1, s31);
      v = FloatVector.broadcast(SPECIES, x[x4 + q]);
      s40 = v.fma(y0, s40);
      s41 = half(v).fma(y1, s41);
      v = FloatVector.broadcast(SPECIES, x[x5 + q]);
      s50 = v.fma(y0, s50);
      s51 = half(v).fma(y1, s51);
      v = FloatVector.broadcast(SPECIES, x[x6 + q]);
      s60 = v.fma(y0, s60);
      s61 = half(v).fma(y1, s61);
      v = FloatVector.broadcast(SPECIES, x[x7 + q]);
      s70 = v.fma(y0, s70);
      s71 = half(v).fma(y1, s71);
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
      s01 = s01.add(FloatVector.fromArray(HALF, z, z0 + lastHalf));
      s10 = s10.add(FloatVector.fromArray(SPECIES, z, z1));
      s11 = s11.add(FloatVector.fromArray(HALF, z, z1 + lastHalf));
      s20 = s20.add(FloatVector.fromArray(SPECIES, z, z2));
      s21 = s21.add(FloatVector.fromArray(HALF, z, z2 + lastHalf));
      s30 = s30.add(FloatVector.fromArray(SPECIES, z, z3));
      s31 = s31.add(FloatVector.fromArray(HALF, z, z3 + lastHalf));
      s40 = s40.add(FloatVector.fromArray(SPECIES, z, z4));
      s41 = s41.add(FloatVector.fromArray(HALF, z, z4 + lastHalf));
      s50 = s50.add(FloatVector.fromArray(SPECIES, z, z5));
      s51 = s51.add(FloatVector.fromArray(HALF, z, z5 + lastHalf));
      s60 = s60.add(FloatVector.fromArray(SPECIES, z, z6));
      s61 = s61.add(FloatVector.fromArray(HALF, z, z6 + lastHalf));
      s70 = s70.add(FloatVector.fromArray(SPECIES, z, z7));
      s71 = s71.add(FloatVector.fromArray(HALF, z, z7 + lastHalf));
    }
    s00.intoArray(z, z0);
    s01.intoArray(z, z0 + lastHalf);
    s10.intoArray(z, z1);
    s11.intoArray(z, z1 + lastHalf);
    s20.intoArray(z, z2);
    s21.intoArray(z, z2 + lastHalf);
    s30.intoArray(z, z3);
    s31.intoArray(z, z3 + lastHalf);
    s40.intoArray(z, z4);
    s41.intoArray(z, z4 + lastHalf);
    s50.intoArray(z, z5);
    s51.intoArray(z, z5 + lastHalf);
    s60.intoArray(z, z6);
    s61.intoArray(z, z6 + lastHalf);
    s70.intoArray(z, z7);
    s71.intoArray(z, z7 + lastHalf);
  }

  private static FloatVector half(FloatVector v) {
    return (FloatVector) v.reinterpretShape(HALF, 0);
  }
}
