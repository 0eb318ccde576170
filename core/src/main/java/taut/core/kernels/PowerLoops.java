package taut.core.kernels;

import static jdk.incubator.vector.VectorOperators.EQ;
import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.all;

import jdk.incubator.vector.FloatVector;

/// Raises arrays to one exponent: the small whole and half ones, which are products, quotients and
/// roots, within 3 ulp of the exact power.
///
/// Negative powers are powers of 1/x, since 1/xⁿ would lose what xⁿ loses below the normal range.
/// All special values are those of [Math#pow].
final class PowerLoops {
  private PowerLoops() {}

  /// Tells whether there is a loop for an exponent.
  static boolean suits(float exponent) {
    boolean half = Math.abs(exponent) == 0.5 || Math.abs(exponent) == 1.5;
    boolean whole = exponent == Math.rint(exponent) && exponent >= -3 && exponent <= 4;
    return half || whole;
  }

  /// Writes the powers of `length` elements with an exponent that [#suits].
  static void block(Operand x, float exponent, float[] out, int outOffset, int length) {
    int whole = Lanes.SPECIES.loopBound(length);
    power(x, exponent, out, outOffset, whole);
    if (whole < length) {
      Operand rest = x.last(whole, length - whole, SpareVectors.LAST_FIRST);
      float[] results = SpareVectors.array();
      power(rest, exponent, results, SpareVectors.RESULTS.offset, COUNT);
      System.arraycopy(
          results, SpareVectors.RESULTS.offset, out, outOffset + whole, length - whole);
    }
  }

  private static void power(Operand x, float exponent, float[] out, int outOffset, int length) {
    // A switch takes no floats; twice the exponent is whole.
    switch ((int) (2 * exponent)) {
      case -6 -> minusThree(x, out, outOffset, length);
      case -4 -> minusTwo(x, out, outOffset, length);
      case -3 -> minusThreeHalves(x, out, outOffset, length);
      case -2 -> minusOne(x, out, outOffset, length);
      case -1 -> minusHalf(x, out, outOffset, length);
      case 0 -> zero(out, outOffset, length);
      case 1 -> half(x, out, outOffset, length);
      case 2 -> one(x, out, outOffset, length);
      case 3 -> threeHalves(x, out, outOffset, length);
      case 4 -> two(x, out, outOffset, length);
      case 6 -> three(x, out, outOffset, length);
      case 8 -> four(x, out, outOffset, length);
      default -> throw new IllegalArgumentException("power: no loop for exponent " + exponent);
    }
  }

  private static void minusThree(Operand x, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      FloatVector inverse = all(1f).div(x.load(i));
      inverse.mul(inverse).mul(inverse).intoArray(out, outOffset + i);
    }
  }

  private static void minusTwo(Operand x, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      FloatVector inverse = all(1f).div(x.load(i));
      inverse.mul(inverse).intoArray(out, outOffset + i);
    }
  }

  private static void minusThreeHalves(Operand x, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      FloatVector value = x.load(i);
      FloatVector inverse = all(1f).div(root(value));
      inverse.div(value.abs()).intoArray(out, outOffset + i);
    }
  }

  private static void minusOne(Operand x, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      all(1f).div(x.load(i)).intoArray(out, outOffset + i);
    }
  }

  private static void minusHalf(Operand x, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      all(1f).div(root(x.load(i))).intoArray(out, outOffset + i);
    }
  }

  private static void zero(float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      all(1f).intoArray(out, outOffset + i);
    }
  }

  private static void half(Operand x, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      root(x.load(i)).intoArray(out, outOffset + i);
    }
  }

  private static void one(Operand x, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      x.load(i).intoArray(out, outOffset + i);
    }
  }

  private static void threeHalves(Operand x, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      FloatVector value = x.load(i);
      root(value).mul(value.abs()).intoArray(out, outOffset + i);
    }
  }

  private static void two(Operand x, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      FloatVector value = x.load(i);
      value.mul(value).intoArray(out, outOffset + i);
    }
  }

  private static void three(Operand x, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      FloatVector value = x.load(i);
      value.mul(value).mul(value).intoArray(out, outOffset + i);
    }
  }

  private static void four(Operand x, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      FloatVector value = x.load(i);
      FloatVector square = value.mul(value);
      square.mul(square).intoArray(out, outOffset + i);
    }
  }

  /// Returns √x as the power is: ∞ of -∞ and 0 of -0, where a square root is NaN and -0.
  private static FloatVector root(FloatVector x) {
    FloatVector root = x.sqrt().add(0f);
    return root.blend(Float.POSITIVE_INFINITY, x.compare(EQ, Float.NEGATIVE_INFINITY));
  }
}
