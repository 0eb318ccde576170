package taut.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Adds the lanes of a vector in one fixed order.
///
/// `reduceLanes(ADD)` leaves the order open, and takes it: the interpreter adds from left to right,
/// compiled code in a tree, so a result would change its last bit when its method gets compiled.
/// Here every lane is added to its partner at distance 1, 2, 4 and so on.
final class LaneSum {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final VectorShuffle<Float> SWAP_1 = swap(1);
  private static final VectorShuffle<Float> SWAP_2 = swap(2);
  private static final VectorShuffle<Float> SWAP_4 = swap(4);
  private static final VectorShuffle<Float> SWAP_8 = swap(8);
  private static final VectorShuffle<Float> SWAP_16 = swap(16);
  private static final VectorShuffle<Float> SWAP_32 = swap(32);

  private LaneSum() {}

  /// Returns the sum of all lanes.
  static float of(FloatVector vector) {
    FloatVector sum = vector;
    // LANES is a constant to the compiler: the steps that this machine lacks leave no code.
    if (LANES > 1) {
      sum = sum.add(sum.rearrange(SWAP_1));
    }
    if (LANES > 2) {
      sum = sum.add(sum.rearrange(SWAP_2));
    }
    if (LANES > 4) {
      sum = sum.add(sum.rearrange(SWAP_4));
    }
    if (LANES > 8) {
      sum = sum.add(sum.rearrange(SWAP_8));
    }
    if (LANES > 16) {
      sum = sum.add(sum.rearrange(SWAP_16));
    }
    if (LANES > 32) {
      sum = sum.add(sum.rearrange(SWAP_32));
    }
    return sum.lane(0);
  }

  private static VectorShuffle<Float> swap(int distance) {
    return VectorShuffle.fromOp(SPECIES, lane -> (lane ^ distance) % LANES);
  }
}
