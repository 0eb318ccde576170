package taut.bench.roofline;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The loops that find the limits of a core, each doing one thing as fast as Java can.
final class LimitLoops {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /// The chains of [#multiplyAdds].
  private static final int CHAINS = 12;

  private LimitLoops() {}

  /// Returns how many operations [#multiplyAdds] does.
  static double flops(int steps) {
    return 2.0 * CHAINS * LANES * steps;
  }

  /// Does nothing but fused multiply-adds, in registers. Twelve chains that do not wait for each
  /// other are enough for two units with a latency of four or five cycles, and fit into 16
  /// registers.
  static float multiplyAdds(int steps, float start) {
    FloatVector x = FloatVector.broadcast(SPECIES, 0.5f);
    FloatVector y = FloatVector.broadcast(SPECIES, start);
    FloatVector s0 = y;
    FloatVector s1 = y;
    FloatVector s2 = y;
    FloatVector s3 = y;
    FloatVector s4 = y;
    FloatVector s5 = y;
    FloatVector s6 = y;
    FloatVector s7 = y;
    FloatVector s8 = y;
    FloatVector s9 = y;
    FloatVector s10 = y;
    FloatVector s11 = y;
    for (int i = 0; i < steps; i++) {
      s0 = s0.fma(x, y);
      s1 = s1.fma(x, y);
      s2 = s2.fma(x, y);
      s3 = s3.fma(x, y);
      s4 = s4.fma(x, y);
      s5 = s5.fma(x, y);
      s6 = s6.fma(x, y);
      s7 = s7.fma(x, y);
      s8 = s8.fma(x, y);
      s9 = s9.fma(x, y);
      s10 = s10.fma(x, y);
      s11 = s11.fma(x, y);
    }
    FloatVector sum = s0.add(s1).add(s2).add(s3).add(s4).add(s5);
    return sum.add(s6).add(s7).add(s8).add(s9).add(s10).add(s11).reduceLanes(VectorOperators.ADD);
  }

  /// Reads an array; its length is a multiple of four vectors.
  static float read(float[] x) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int i = 0; i < x.length; i += 4 * LANES) {
      s0 = s0.add(FloatVector.fromArray(SPECIES, x, i));
      s1 = s1.add(FloatVector.fromArray(SPECIES, x, i + LANES));
      s2 = s2.add(FloatVector.fromArray(SPECIES, x, i + 2 * LANES));
      s3 = s3.add(FloatVector.fromArray(SPECIES, x, i + 3 * LANES));
    }
    return s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD);
  }

  /// Copies `x` to `y`; the length is a multiple of a vector's.
  static float[] copy(float[] x, float[] y) {
    for (int i = 0; i < x.length; i += LANES) {
      FloatVector.fromArray(SPECIES, x, i).intoArray(y, i);
    }
    return y;
  }

  /// Writes `x + 3·y` to `z`, which may be one of them: the triad of J. McCalpin's STREAM. The
  /// length is a multiple of a vector's.
  static float[] triad(float[] x, float[] y, float[] z) {
    FloatVector factor = FloatVector.broadcast(SPECIES, 3f);
    for (int i = 0; i < x.length; i += LANES) {
      FloatVector sum = FloatVector.fromArray(SPECIES, x, i);
      FloatVector.fromArray(SPECIES, y, i).fma(factor, sum).intoArray(z, i);
    }
    return z;
  }
}
