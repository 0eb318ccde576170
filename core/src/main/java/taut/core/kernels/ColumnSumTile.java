package taut.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// A weighted sum of columns, eight vectors long, for a matrix that is stored by columns.
final class ColumnSumTile {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /// The rows of a tile.
  static final int ROWS = 8 * LANES;

  private ColumnSumTile() {}

  /// Computes y = A·x for some rows of A.
  ///
  /// @param columns the columns of A
  /// @param rows the rows to compute, from one vector to eight; vectors beyond repeat the last rows
  /// @param a holds A: column p starts at `aOffset + p * aStep`
  static void multiply(
      int columns,
      int rows,
      float[] a,
      int aOffset,
      int aStep,
      float[] x,
      int xOffset,
      float[] y,
      int yOffset) {
    int last = rows - LANES;
    int r1 = Math.min(LANES, last);
    int r2 = Math.min(2 * LANES, last);
    int r3 = Math.min(3 * LANES, last);
    int r4 = Math.min(4 * LANES, last);
    int r5 = Math.min(5 * LANES, last);
    int r6 = Math.min(6 * LANES, last);
    int r7 = Math.min(7 * LANES, last);
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    FloatVector s2 = FloatVector.zero(SPECIES);
    FloatVector s3 = FloatVector.zero(SPECIES);
    FloatVector s4 = FloatVector.zero(SPECIES);
    FloatVector s5 = FloatVector.zero(SPECIES);
    FloatVector s6 = FloatVector.zero(SPECIES);
    FloatVector s7 = FloatVector.zero(SPECIES);
    for (int p = 0, q = aOffset; p < columns; p++, q += aStep) {
      FloatVector v = FloatVector.broadcast(SPECIES, x[xOffset + p]);
      s0 = v.fma(FloatVector.fromArray(SPECIES, a, q), s0);
      s1 = v.fma(FloatVector.fromArray(SPECIES, a, q + r1), s1);
      s2 = v.fma(FloatVector.fromArray(SPECIES, a, q + r2), s2);
      s3 = v.fma(FloatVector.fromArray(SPECIES, a, q + r3), s3);
      s4 = v.fma(FloatVector.fromArray(SPECIES, a, q + r4), s4);
      s5 = v.fma(FloatVector.fromArray(SPECIES, a, q + r5), s5);
      s6 = v.fma(FloatVector.fromArray(SPECIES, a, q + r6), s6);
      s7 = v.fma(FloatVector.fromArray(SPECIES, a, q + r7), s7);
    }
    s0.intoArray(y, yOffset);
    s1.intoArray(y, yOffset + r1);
    s2.intoArray(y, yOffset + r2);
    s3.intoArray(y, yOffset + r3);
    s4.intoArray(y, yOffset + r4);
    s5.intoArray(y, yOffset + r5);
    s6.intoArray(y, yOffset + r6);
    s7.intoArray(y, yOffset + r7);
  }
}
