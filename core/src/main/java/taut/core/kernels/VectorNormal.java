package taut.core.kernels;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;
import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.load;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/// Makes normal numbers of random words by the operations of [NormalPair], two vectors at a time.
///
/// Words 2i and 2i + 1 make one pair. Seen as a 64-bit lane, the first is the lower half; the lower
/// halves of two vectors of words fill one vector, and so do the upper ones, in the same order. So
/// nothing is shuffled: the results go back to the halves that their words came from.
///
/// One short loop for each step, because the compiler gives up inlining in longer ones.
final class VectorNormal {
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final long LOW = 0xFFFFFFFFL;
  private static final int IGNORED_BITS = Integer.SIZE - NormalPair.BITS;

  /// The number of words that are worked on together; arrays must have room for whole steps.
  static final int STEP = 2 * COUNT;

  private final float[] radii;
  private final float[] cosines;
  private final float[] sines;

  /// Makes the buffers for so many words, a multiple of [#STEP], at a time.
  VectorNormal(int words) {
    radii = new float[words / 2];
    cosines = new float[words / 2];
    sines = new float[words / 2];
  }

  /// Turns `count` words, rounded up to a multiple of [#STEP], into mean + deviation · z.
  void fill(int[] words, int count, float mean, float deviation, float[] out, int to) {
    radii(words, count);
    turns(words, count);
    join(count, mean, deviation, out, to);
  }

  private void radii(int[] words, int count) {
    for (int i = 0; i < count; i += STEP) {
      LongVector first = lower(longs(words, i), longs(words, i + COUNT));
      radius(first.reinterpretAsInts().lanewise(LSHR, IGNORED_BITS)).intoArray(radii, i / 2);
    }
  }

  private void turns(int[] words, int count) {
    for (int i = 0; i < count; i += STEP) {
      LongVector second = upper(longs(words, i), longs(words, i + COUNT));
      turn(second.reinterpretAsInts().lanewise(LSHR, IGNORED_BITS), i / 2);
    }
  }

  private void join(int count, float mean, float deviation, float[] out, int to) {
    FloatVector center = broadcast(FLOATS, mean);
    FloatVector scale = broadcast(FLOATS, deviation);
    for (int i = 0; i < count; i += STEP) {
      FloatVector radius = load(radii, i / 2);
      LongVector x = load(cosines, i / 2).mul(radius).fma(scale, center).reinterpretAsLongs();
      LongVector y = load(sines, i / 2).mul(radius).fma(scale, center).reinterpretAsLongs();
      lower(x, y).reinterpretAsFloats().intoArray(out, to + i);
      upper(x, y).reinterpretAsFloats().intoArray(out, to + i + COUNT);
    }
  }

  private static LongVector longs(int[] words, int at) {
    return IntVector.fromArray(INTS, words, at).reinterpretAsLongs();
  }

  private static LongVector lower(LongVector a, LongVector b) {
    return a.and(LOW).or(b.lanewise(LSHL, 32));
  }

  private static LongVector upper(LongVector a, LongVector b) {
    return a.lanewise(LSHR, 32).or(b.and(~LOW));
  }

  private static FloatVector radius(IntVector bits) {
    IntVector whole = IntVector.broadcast(INTS, 1 << NormalPair.BITS).sub(bits);
    FloatVector u = ((FloatVector) whole.convert(I2F, 0)).mul(NormalPair.UNIT);
    IntVector pattern = u.reinterpretAsInts();
    IntVector k = pattern.sub(VectorLog.TWO_THIRDS_BITS).lanewise(ASHR, 23);
    FloatVector f = pattern.sub(k.lanewise(LSHL, 23)).reinterpretAsFloats().sub(1f);
    return VectorLog.log(f, VectorLog.toFloat(k)).mul(-2f).sqrt();
  }

  private void turn(IntVector angle, int to) {
    IntVector quarters =
        angle.add(NormalPair.HALF_QUARTER).lanewise(ASHR, NormalPair.QUARTER_SHIFT);
    IntVector rest = angle.sub(quarters.lanewise(LSHL, NormalPair.QUARTER_SHIFT));
    FloatVector t = ((FloatVector) rest.convert(I2F, 0)).mul(NormalPair.UNIT);
    FloatVector s = t.mul(t);
    FloatVector p =
        broadcast(FLOATS, NormalPair.S3)
            .fma(s, broadcast(FLOATS, NormalPair.S2))
            .fma(s, broadcast(FLOATS, NormalPair.S1))
            .fma(s, broadcast(FLOATS, NormalPair.S0));
    IntVector sine = t.mul(p).reinterpretAsInts();
    IntVector cosine =
        broadcast(FLOATS, NormalPair.C4)
            .fma(s, broadcast(FLOATS, NormalPair.C3))
            .fma(s, broadcast(FLOATS, NormalPair.C2))
            .fma(s, broadcast(FLOATS, NormalPair.C1))
            .fma(s, broadcast(FLOATS, 1f))
            .reinterpretAsInts();
    // Where the number of quarters is odd, sine and cosine change places.
    IntVector odd = quarters.lanewise(LSHL, 31).lanewise(ASHR, 31);
    IntVector change = sine.lanewise(XOR, cosine).and(odd);
    // Bit 1 of the number of quarters, moved to where the sign is.
    IntVector signOfSine = quarters.lanewise(LSHR, 1).lanewise(LSHL, 31);
    IntVector signOfCosine = quarters.add(1).lanewise(LSHR, 1).lanewise(LSHL, 31);
    cosine
        .lanewise(XOR, change)
        .lanewise(XOR, signOfCosine)
        .reinterpretAsFloats()
        .intoArray(cosines, to);
    sine.lanewise(XOR, change).lanewise(XOR, signOfSine).reinterpretAsFloats().intoArray(sines, to);
  }
}
