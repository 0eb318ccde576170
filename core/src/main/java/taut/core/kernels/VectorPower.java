package taut.core.kernels;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;
import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.load;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Raises float32 lanes to any powers: x^y = 2^(y·log2 x), within 0.51 ulp of the exact power, with
/// all special values of [Math#pow].
///
/// The exponent y·log2 x can be as large as 150, so each of its 32 leading bits counts in the
/// result; logarithm and exponential are computed in double, where that is no effort, with relative
/// errors of 2e-12 and 2e-10. There subnormal arguments are normal numbers, and a result is rounded
/// once, subnormal ones as well.
///
/// Short loops over a buffer instead of one, so that all of each is inlined; see [VectorMath].
final class VectorPower {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

  private static final int LANES = DOUBLES.length();

  /// So many elements at a time stay in the first cache.
  private static final int CHUNK = 1024;

  private static final ThreadLocal<double[]> BASES =
      ThreadLocal.withInitial(() -> new double[CHUNK]);
  private static final ThreadLocal<double[]> EXPONENTS =
      ThreadLocal.withInitial(() -> new double[CHUNK]);
  private static final ThreadBuffer MAGNITUDES = new ThreadBuffer();

  // Added to the bits of x, this puts the exponent k of x = 2^k·m, √½ <= m < √2, plus 1023, on top.
  private static final long HALF_ROOT_BITS = 0x3FE6A09E667F3BCDL;
  private static final long ONE_BITS = 0x3FF0000000000000L;
  private static final long TO_EXPONENT = ONE_BITS - HALF_ROOT_BITS;
  // Small integers become doubles by adding their bits to those of 2^52.
  private static final long INTEGER_BITS = 0x4330000000000000L;
  private static final double INTEGER_OFFSET = 0x1p52 + 1023;
  // log2 m = s·(L0 + L1·s² + …) with s = (m - 1) / (m + 1), from the series of artanh: 2 / ((2i +
  // 1)·
  // ln 2). What is left out is below 2e-12 of the sum.
  private static final double L0 = 0x1.71547652b82fep+1;
  private static final double L1 = 0x1.ec709dc3a03fep-1;
  private static final double L2 = 0x1.2776c50ef9bfep-1;
  private static final double L3 = 0x1.a61762a7adedap-2;
  private static final double L4 = 0x1.484b13d7c02a9p-2;
  private static final double L5 = 0x1.0c9a84994022dp-2;
  private static final double L6 = 0x1.c68f568d31761p-3;

  // Beyond ±200 a power is 0 or ∞ in float32.
  private static final double LIMIT = 200;
  // Adding 1.5·2^52 rounds to an integer, which then stands in the low bits.
  private static final double ROUNDER = 0x1.8p52;
  // 2^r = E0 + E1·r + … for |r| <= ½, from the series of exp: (ln 2)^i / i!. What is left out is
  // below 2e-10.
  private static final double E1 = 0x1.62e42fefa39efp-1;
  private static final double E2 = 0x1.ebfbdff82c58ep-3;
  private static final double E3 = 0x1.c6b08d704a0bfp-5;
  private static final double E4 = 0x1.3b2ab6fba4e77p-7;
  private static final double E5 = 0x1.5d87fe78a6730p-10;
  private static final double E6 = 0x1.430912f86c786p-13;
  private static final double E7 = 0x1.ffcbfc588b0c5p-17;
  private static final double E8 = 0x1.62c0223a5c822p-20;

  // From here on every float32 is an even integer.
  private static final float EVEN_FROM = 0x1p24f;

  private VectorPower() {}

  /// Writes x^y for `length` elements, a whole number of vectors; `out` may be an argument.
  static void power(Operand x, Operand y, float[] out, int outOffset, int length) {
    double[] bases = BASES.get();
    double[] exponents = EXPONENTS.get();
    float[] magnitudes = MAGNITUDES.atLeast(CHUNK);
    for (int start = 0; start < length; start += CHUNK) {
      int size = Math.min(CHUNK, length - start);
      Operand base = x.from(start);
      Operand exponent = y.from(start);
      widen(base, bases, size);
      widen(exponent, exponents, size);
      logarithms(bases, exponents, size);
      exponentials(exponents, size);
      narrow(exponents, magnitudes, size);
      signs(base, exponent, magnitudes, out, outOffset + start, size);
    }
  }

  // The compiler turns this and [#narrow] into vectors by itself, without vectors of floats of a
  // second length, which would slow down other kernels.
  private static void widen(Operand x, double[] out, int length) {
    if (x.step() == 0) {
      Arrays.fill(out, 0, length, x.get(0));
      return;
    }
    float[] values = x.values();
    int offset = x.offset();
    for (int i = 0; i < length; i++) {
      out[i] = values[offset + i];
    }
  }

  private static void narrow(double[] x, float[] out, int length) {
    for (int i = 0; i < length; i++) {
      out[i] = (float) x[i];
    }
  }

  // Replaces y by y·log2|x|.
  private static void logarithms(double[] x, double[] y, int length) {
    for (int i = 0; i < length; i += LANES) {
      DoubleVector base = DoubleVector.fromArray(DOUBLES, x, i).abs();
      LongVector bits = base.reinterpretAsLongs();
      LongVector k = bits.add(TO_EXPONENT).lanewise(LSHR, 52);
      DoubleVector m = bits.sub(k.lanewise(LSHL, 52)).add(ONE_BITS).reinterpretAsDoubles();
      DoubleVector s = m.sub(1.0).div(m.add(1.0));
      DoubleVector square = s.mul(s);
      DoubleVector p =
          broadcast(DOUBLES, L6)
              .fma(square, broadcast(DOUBLES, L5))
              .fma(square, broadcast(DOUBLES, L4))
              .fma(square, broadcast(DOUBLES, L3))
              .fma(square, broadcast(DOUBLES, L2))
              .fma(square, broadcast(DOUBLES, L1))
              .fma(square, broadcast(DOUBLES, L0));
      DoubleVector whole = k.add(INTEGER_BITS).reinterpretAsDoubles().sub(INTEGER_OFFSET);
      DoubleVector log = p.fma(s, whole);
      log = log.blend(Double.NEGATIVE_INFINITY, base.compare(EQ, 0.0));
      log = base.blend(log, base.compare(LT, Double.POSITIVE_INFINITY));
      log.mul(DoubleVector.fromArray(DOUBLES, y, i)).intoArray(y, i);
    }
  }

  // Replaces t by 2^t.
  private static void exponentials(double[] t, int length) {
    for (int i = 0; i < length; i += LANES) {
      DoubleVector x = DoubleVector.fromArray(DOUBLES, t, i);
      DoubleVector bounded = x.blend(-LIMIT, x.compare(LT, -LIMIT));
      bounded = bounded.blend(LIMIT, x.compare(GT, LIMIT));
      DoubleVector rounded = bounded.add(ROUNDER);
      DoubleVector r = bounded.sub(rounded.sub(ROUNDER));
      DoubleVector p =
          broadcast(DOUBLES, E8)
              .fma(r, broadcast(DOUBLES, E7))
              .fma(r, broadcast(DOUBLES, E6))
              .fma(r, broadcast(DOUBLES, E5))
              .fma(r, broadcast(DOUBLES, E4))
              .fma(r, broadcast(DOUBLES, E3))
              .fma(r, broadcast(DOUBLES, E2))
              .fma(r, broadcast(DOUBLES, E1))
              .fma(r, broadcast(DOUBLES, 1.0));
      LongVector scale = rounded.reinterpretAsLongs().lanewise(LSHL, 52).add(ONE_BITS);
      p.mul(scale.reinterpretAsDoubles()).intoArray(t, i);
    }
  }

  // Gives |x|^y the sign of x where y is an odd integer, makes it NaN where x is negative and y no
  // integer, and 1 where y is 0.
  private static void signs(
      Operand x, Operand y, float[] magnitudes, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      FloatVector base = x.load(i);
      FloatVector exponent = y.load(i);
      IntVector integer = (IntVector) exponent.convert(VectorOperators.F2I, 0);
      FloatVector back = (FloatVector) integer.convert(VectorOperators.I2F, 0);
      VectorMask<Float> large = exponent.abs().compare(GE, EVEN_FROM);
      VectorMask<Float> fraction = back.compare(NE, exponent).andNot(large);
      VectorMask<Float> negative =
          base.compare(LT, 0f).and(base.compare(GT, Float.NEGATIVE_INFINITY));
      // The lowest bit of an odd integer, moved to the sign of x where x has one.
      IntVector odd = integer.lanewise(LSHL, 31).and(base.reinterpretAsInts());
      IntVector sign = odd.blend(0, large.or(fraction).cast(IntVector.SPECIES_PREFERRED));
      FloatVector magnitude = load(magnitudes, i);
      FloatVector power =
          magnitude.reinterpretAsInts().lanewise(VectorOperators.XOR, sign).reinterpretAsFloats();
      power = power.blend(Float.NaN, negative.and(fraction));
      power.blend(1f, exponent.compare(EQ, 0f)).intoArray(out, outOffset + i);
    }
  }
}
