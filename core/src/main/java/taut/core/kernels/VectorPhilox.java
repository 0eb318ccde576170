package taut.core.kernels;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import taut.core.Philox;

/// Computes many blocks of [Philox] at once: one block a lane.
///
/// A word stands in the lower half of a 64-bit lane, because that is where the machine multiplies
/// 32 by 32 bits to 64. What is left in the upper half is cut off by the next multiplication only:
/// [#LOW] on both factors is the form that the compiler knows as one instruction.
final class VectorPhilox {
  private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final long LOW = 0xFFFFFFFFL;
  private static final VectorShuffle<Long> FIRST_HALF =
      VectorShuffle.fromOp(SPECIES, lane -> lane / 2);
  private static final VectorShuffle<Long> SECOND_HALF =
      VectorShuffle.fromOp(SPECIES, lane -> (LANES + lane) / 2);
  private static final VectorMask<Long> ODD =
      VectorMask.fromLong(SPECIES, 0xAAAAAAAAAAAAAAAAL & (-1L >>> (64 - LANES)));

  /// The number of words that are computed together; [#fill] wants room for whole steps.
  static final int STEP = 4 * LANES;

  private static final ThreadArray<long[]> KEYS = new ThreadArray<>(long[]::new);

  private VectorPhilox() {}

  /// Writes the words of the blocks that begin at a counter, `count` of them rounded up to a
  /// multiple of [#STEP].
  ///
  /// @param counter the lower half of the first counter; the upper half is 0
  static void fill(long key, long counter, int[] out, int count) {
    long[] keys = keys(key);
    LongVector index = LongVector.broadcast(SPECIES, counter).addIndex(1);
    for (int i = 0; i < count; i += STEP) {
      step(index, keys, out, i);
      index = index.add(LANES);
    }
  }

  /// Returns the two keys of each round.
  private static long[] keys(long key) {
    long[] keys = KEYS.atLeast(2 * Philox.ROUNDS);
    for (int round = 0; round < Philox.ROUNDS; round++) {
      keys[2 * round] = ((int) key + round * Philox.WEYL_0) & LOW;
      keys[2 * round + 1] = ((int) (key >>> 32) + round * Philox.WEYL_1) & LOW;
    }
    return keys;
  }

  private static void step(LongVector index, long[] keys, int[] out, int at) {
    LongVector factor0 = LongVector.broadcast(SPECIES, Philox.MULTIPLIER_0 & LOW).and(LOW);
    LongVector factor1 = LongVector.broadcast(SPECIES, Philox.MULTIPLIER_1 & LOW).and(LOW);
    LongVector c0 = index;
    LongVector c1 = index.lanewise(LSHR, 32);
    LongVector c2 = LongVector.zero(SPECIES);
    LongVector c3 = c2;
    for (int round = 0; round < 2 * Philox.ROUNDS; round += 2) {
      LongVector product0 = c0.and(LOW).mul(factor0);
      LongVector product1 = c2.and(LOW).mul(factor1);
      c0 = product1.lanewise(LSHR, 32).lanewise(XOR, c1).lanewise(XOR, keys[round]);
      c1 = product1;
      c2 = product0.lanewise(LSHR, 32).lanewise(XOR, c3).lanewise(XOR, keys[round + 1]);
      c3 = product0;
    }
    // From one block a lane to the words of one block after the other.
    LongVector first = c0.and(LOW).or(c1.lanewise(LSHL, 32));
    LongVector second = c2.and(LOW).or(c3.lanewise(LSHL, 32));
    pair(first, second, FIRST_HALF).intoArray(out, at);
    pair(first, second, SECOND_HALF).intoArray(out, at + 2 * LANES);
  }

  private static IntVector pair(LongVector first, LongVector second, VectorShuffle<Long> half) {
    return first.rearrange(half).blend(second.rearrange(half), ODD).reinterpretAsInts();
  }
}
