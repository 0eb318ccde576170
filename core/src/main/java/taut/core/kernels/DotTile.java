package taut.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// The dot products of eight rows of a matrix with one vector, which is loaded once for all eight.
final class DotTile {
  /// The rows of a tile.
  static final int ROWS = 8;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private DotTile() {}

  /// Computes y = A·x or y += A·x for up to eight contiguous rows of A.
  ///
  /// @param k the length of a row, at least as long as a vector
  /// @param rows how many of the eight rows exist
  /// @param sums scratch space for eight vectors
  static void multiply(
      int k,
      float[] a,
      int aOffset,
      int rows,
      float[] x,
      int xOffset,
      float[] sums,
      float[] y,
      int yOffset,
      boolean accumulate) {
    sumByLane(k, a, aOffset, rows, x, xOffset, sums);
    int covered = k - k % LANES;
    int back = k - LANES;
    // The last elements, if they fill no vector, are read with some before them, which are masked.
    VectorMask<Float> rest = SPECIES.indexInRange(back - covered, k - covered);
    for (int row = 0; row < rows; row++) {
      FloatVector sum = FloatVector.fromArray(SPECIES, sums, row * LANES);
      if (covered < k) {
        FloatVector last = FloatVector.fromArray(SPECIES, a, aOffset + row * k + back);
        FloatVector other = FloatVector.fromArray(SPECIES, x, xOffset + back);
        sum = sum.blend(last.fma(other, sum), rest);
      }
      float dot = LaneSum.of(sum);
      y[yOffset + row] = accumulate ? y[yOffset + row] + dot : dot;
    }
  }

  /// Sums the products at equal lanes: the part that takes the time, kept small for C2.
  private static void sumByLane(
      int k, float[] a, int aOffset, int rows, float[] x, int xOffset, float[] sums) {
    int last = rows - 1;
    int a0 = aOffset;
    int a1 = aOffset + Math.min(1, last) * k;
    int a2 = aOffset + Math.min(2, last) * k;
    int a3 = aOffset + Math.min(3, last) * k;
    int a4 = aOffset + Math.min(4, last) * k;
    int a5 = aOffset + Math.min(5, last) * k;
    int a6 = aOffset + Math.min(6, last) * k;
    int a7 = aOffset + Math.min(7, last) * k;
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    FloatVector s2 = FloatVector.zero(SPECIES);
    FloatVector s3 = FloatVector.zero(SPECIES);
    FloatVector s4 = FloatVector.zero(SPECIES);
    FloatVector s5 = FloatVector.zero(SPECIES);
    FloatVector s6 = FloatVector.zero(SPECIES);
    FloatVector s7 = FloatVector.zero(SPECIES);
    for (int p = 0; p <= k - LANES; p += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + p);
      s0 = v.fma(FloatVector.fromArray(SPECIES, a, a0 + p), s0);
      s1 = v.fma(FloatVector.fromArray(SPECIES, a, a1 + p), s1);
      s2 = v.fma(FloatVector.fromArray(SPECIES, a, a2 + p), s2);
      s3 = v.fma(FloatVector.fromArray(SPECIES, a, a3 + p), s3);
      s4 = v.fma(FloatVector.fromArray(SPECIES, a, a4 + p), s4);
      s5 = v.fma(FloatVector.fromArray(SPECIES, a, a5 + p), s5);
      s6 = v.fma(FloatVector.fromArray(SPECIES, a, a6 + p), s6);
      s7 = v.fma(FloatVector.fromArray(SPECIES, a, a7 + p), s7);
    }
    s0.intoArray(sums, 0);
    s1.intoArray(sums, LANES);
    s2.intoArray(sums, 2 * LANES);
    s3.intoArray(sums, 3 * LANES);
    s4.intoArray(sums, 4 * LANES);
    s5.intoArray(sums, 5 * LANES);
    s6.intoArray(sums, 6 * LANES);
    s7.intoArray(sums, 7 * LANES);
  }
}
