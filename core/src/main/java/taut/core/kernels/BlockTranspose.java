package taut.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Copies a matrix transposed, in blocks of eight rows and eight columns that stay in registers.
///
/// Three rounds, with distances d of 1, 2 and 4, swap what stands off the diagonal of 2 x 2 blocks
/// whose elements are single values, then blocks of two by two, then of four by four: row i keeps
/// the lanes that have the same bit d as i, and takes the others from row i ^ d, lane ^ d. That is
/// one shuffle and one blend a row and round.
///
/// The last block of a row or column of blocks begins earlier and copies some elements again.
final class BlockTranspose {
  private static final int SIDE = 8;
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;

  /// Whether the machine has vectors of eight lanes; where not, plain loops are faster.
  private static final boolean WIDE_ENOUGH = FloatVector.SPECIES_PREFERRED.length() >= SIDE;

  private static final VectorShuffle<Float> SWAP_1 = VectorShuffle.fromOp(SPECIES, i -> i ^ 1);
  private static final VectorShuffle<Float> SWAP_2 = VectorShuffle.fromOp(SPECIES, i -> i ^ 2);
  private static final VectorShuffle<Float> SWAP_4 = VectorShuffle.fromOp(SPECIES, i -> i ^ 4);
  private static final VectorMask<Float> ODD_1 = odd(1);
  private static final VectorMask<Float> ODD_2 = odd(2);
  private static final VectorMask<Float> ODD_4 = odd(4);

  private BlockTranspose() {}

  private static VectorMask<Float> odd(int distance) {
    long bits = 0;
    for (int lane = 0; lane < SIDE; lane++) {
      bits |= (lane & distance) != 0 ? 1L << lane : 0;
    }
    return VectorMask.fromLong(SPECIES, bits);
  }

  /// Copies element (i, j) of a row-major matrix to element (j, i) of another; the steps are from
  /// one row of each to its next.
  static void copy(
      int rows,
      int columns,
      float[] from,
      int fromOffset,
      int fromStep,
      float[] to,
      int toOffset,
      int toStep) {
    if (!WIDE_ENOUGH || rows < SIDE || columns < SIDE) {
      plain(rows, columns, from, fromOffset, fromStep, to, toOffset, toStep);
      return;
    }
    for (int i = 0; i < rows; i += SIDE) {
      int row = Math.min(i, rows - SIDE);
      for (int j = 0; j < columns; j += SIDE) {
        int column = Math.min(j, columns - SIDE);
        block(
            from,
            fromOffset + row * fromStep + column,
            fromStep,
            to,
            toOffset + column * toStep + row,
            toStep);
      }
    }
  }

  private static void plain(
      int rows,
      int columns,
      float[] from,
      int fromOffset,
      int fromStep,
      float[] to,
      int toOffset,
      int toStep) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        to[toOffset + j * toStep + i] = from[fromOffset + i * fromStep + j];
      }
    }
  }

  private static void block(float[] from, int f, int fs, float[] to, int t, int ts) {
    FloatVector r0 = FloatVector.fromArray(SPECIES, from, f + 0 * fs);
    FloatVector r1 = FloatVector.fromArray(SPECIES, from, f + 1 * fs);
    FloatVector r2 = FloatVector.fromArray(SPECIES, from, f + 2 * fs);
    FloatVector r3 = FloatVector.fromArray(SPECIES, from, f + 3 * fs);
    FloatVector r4 = FloatVector.fromArray(SPECIES, from, f + 4 * fs);
    FloatVector r5 = FloatVector.fromArray(SPECIES, from, f + 5 * fs);
    FloatVector r6 = FloatVector.fromArray(SPECIES, from, f + 6 * fs);
    FloatVector r7 = FloatVector.fromArray(SPECIES, from, f + 7 * fs);
    FloatVector u0 = r0.blend(r1.rearrange(SWAP_1), ODD_1);
    FloatVector u1 = r0.rearrange(SWAP_1).blend(r1, ODD_1);
    FloatVector u2 = r2.blend(r3.rearrange(SWAP_1), ODD_1);
    FloatVector u3 = r2.rearrange(SWAP_1).blend(r3, ODD_1);
    FloatVector u4 = r4.blend(r5.rearrange(SWAP_1), ODD_1);
    FloatVector u5 = r4.rearrange(SWAP_1).blend(r5, ODD_1);
    FloatVector u6 = r6.blend(r7.rearrange(SWAP_1), ODD_1);
    FloatVector u7 = r6.rearrange(SWAP_1).blend(r7, ODD_1);
    FloatVector v0 = u0.blend(u2.rearrange(SWAP_2), ODD_2);
    FloatVector v1 = u1.blend(u3.rearrange(SWAP_2), ODD_2);
    FloatVector v2 = u0.rearrange(SWAP_2).blend(u2, ODD_2);
    FloatVector v3 = u1.rearrange(SWAP_2).blend(u3, ODD_2);
    FloatVector v4 = u4.blend(u6.rearrange(SWAP_2), ODD_2);
    FloatVector v5 = u5.blend(u7.rearrange(SWAP_2), ODD_2);
    FloatVector v6 = u4.rearrange(SWAP_2).blend(u6, ODD_2);
    FloatVector v7 = u5.rearrange(SWAP_2).blend(u7, ODD_2);
    FloatVector w0 = v0.blend(v4.rearrange(SWAP_4), ODD_4);
    FloatVector w1 = v1.blend(v5.rearrange(SWAP_4), ODD_4);
    FloatVector w2 = v2.blend(v6.rearrange(SWAP_4), ODD_4);
    FloatVector w3 = v3.blend(v7.rearrange(SWAP_4), ODD_4);
    FloatVector w4 = v0.rearrange(SWAP_4).blend(v4, ODD_4);
    FloatVector w5 = v1.rearrange(SWAP_4).blend(v5, ODD_4);
    FloatVector w6 = v2.rearrange(SWAP_4).blend(v6, ODD_4);
    FloatVector w7 = v3.rearrange(SWAP_4).blend(v7, ODD_4);
    w0.intoArray(to, t + 0 * ts);
    w1.intoArray(to, t + 1 * ts);
    w2.intoArray(to, t + 2 * ts);
    w3.intoArray(to, t + 3 * ts);
    w4.intoArray(to, t + 4 * ts);
    w5.intoArray(to, t + 5 * ts);
    w6.intoArray(to, t + 6 * ts);
    w7.intoArray(to, t + 7 * ts);
  }
}
