package taut.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Names the vector shape of this machine, and the few things that every loop does with it.
final class Lanes {
  /// The widest shape this machine runs fast.
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /// The number of floats in one vector.
  static final int COUNT = SPECIES.length();

  private static final int SIGN_BIT = 0x80000000;

  private Lanes() {}

  /// Loads one vector from `values[index]` on.
  static FloatVector load(float[] values, int index) {
    return FloatVector.fromArray(SPECIES, values, index);
  }

  /// Fills all lanes with one value.
  static FloatVector all(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  /// Gives each lane of `magnitude` (none of them negative) the sign bit of the same lane of
  /// `sign`.
  static FloatVector withSign(FloatVector magnitude, FloatVector sign) {
    IntVector signBits = sign.reinterpretAsInts().lanewise(VectorOperators.AND, SIGN_BIT);
    return magnitude
        .reinterpretAsInts()
        .lanewise(VectorOperators.OR, signBits)
        .reinterpretAsFloats();
  }
}
