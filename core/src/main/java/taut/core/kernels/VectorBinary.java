package taut.core.kernels;

import java.util.Objects;
import taut.core.ops.Binary;

/// Applies a function of two arguments to every pair of elements of two float32 arrays.
///
/// `out[outOffset + i] = f(x[xOffset + xStep·i], y[yOffset + yStep·i])`, where a step is 1, or 0
/// for a scalar that is held. `REMAINDER` runs [Binary#scalar(double, double)] element by element;
/// all others have a SIMD form, and `POWER` with one small exponent a shorter one ([PowerLoops]).
/// Special values are those of plain arithmetic; a NaN argument of `MINIMUM` and `MAXIMUM` gives
/// NaN.
public final class VectorBinary {
  private VectorBinary() {}

  /// Writes `f(x, y)` for `length` pairs to `out`, which may be the same range as an argument of
  /// step 1 (but must not overlap one otherwise). Long arrays are split among threads at fixed
  /// places.
  ///
  /// @param f the function
  /// @param x the first argument
  /// @param xOffset where it begins
  /// @param xStep 1, or 0 to hold one value
  /// @param y the second argument
  /// @param yOffset where it begins
  /// @param yStep 1, or 0 to hold one value
  /// @param out the result
  /// @param outOffset where the result begins
  /// @param length the number of results, possibly 0
  /// @throws IndexOutOfBoundsException when a range leaves its array
  /// @throws IllegalArgumentException when a step is neither 0 nor 1
  public static void apply(
      Binary f,
      float[] x,
      int xOffset,
      int xStep,
      float[] y,
      int yOffset,
      int yStep,
      float[] out,
      int outOffset,
      int length) {
    if (length == 0) {
      return;
    }
    Objects.checkFromIndexSize(outOffset, length, out.length);
    if (length == 1 && isOneOperation(f)) {
      out[outOffset] = (float) f.scalar(x[xOffset], y[yOffset]);
      return;
    }
    Operand first = Operand.of(x, xOffset, xStep, length, SpareVectors.HELD_FIRST);
    Operand second = Operand.of(y, yOffset, yStep, length, SpareVectors.HELD_SECOND);
    if (f == Binary.POWER && yStep == 0 && PowerLoops.suits(y[yOffset])) {
      float exponent = y[yOffset];
      Blocks.forEach(
          length,
          (start, size) ->
              PowerLoops.block(first.from(start), exponent, out, outOffset + start, size));
      return;
    }
    Blocks.forEach(
        length,
        (start, size) ->
            block(f, first.from(start), second.from(start), out, outOffset + start, size));
  }

  static void block(Binary f, Operand x, Operand y, float[] out, int outOffset, int length) {
    int whole = Lanes.SPECIES.loopBound(length);
    loop(f, x, y, out, outOffset, whole);
    int rest = length - whole;
    if (rest > 0 && whole > 0 && out != x.values() && out != y.values()) {
      // The last vector overlaps the one before, which is right where nothing that is read has been
      // overwritten.
      int last = length - Lanes.COUNT;
      loop(f, x.from(last), y.from(last), out, outOffset + last, Lanes.COUNT);
    } else if (rest > 0) {
      Operand first = x.last(whole, rest, SpareVectors.LAST_FIRST);
      Operand second = y.last(whole, rest, SpareVectors.LAST_SECOND);
      float[] results = SpareVectors.array();
      loop(f, first, second, results, SpareVectors.RESULTS.offset, Lanes.COUNT);
      System.arraycopy(results, SpareVectors.RESULTS.offset, out, outOffset + whole, rest);
    }
  }

  static void loop(Binary f, Operand x, Operand y, float[] out, int outOffset, int length) {
    switch (f) {
      case ADD -> BinaryLoops.add(x, y, out, outOffset, length);
      case SUBTRACT -> BinaryLoops.subtract(x, y, out, outOffset, length);
      case MULTIPLY -> BinaryLoops.multiply(x, y, out, outOffset, length);
      case DIVIDE -> BinaryLoops.divide(x, y, out, outOffset, length);
      case MINIMUM -> BinaryLoops.minimum(x, y, out, outOffset, length);
      case MAXIMUM -> BinaryLoops.maximum(x, y, out, outOffset, length);
      case LEAKY_RELU -> BinaryLoops.leakyRelu(x, y, out, outOffset, length);
      case ELU -> BinaryLoops.elu(x, y, out, outOffset, length);
      case RELU_GRADIENT -> BinaryLoops.reluGradient(x, y, out, outOffset, length);
      case SIGMOID_GRADIENT -> BinaryLoops.sigmoidGradient(x, y, out, outOffset, length);
      case TANH_GRADIENT -> BinaryLoops.tanhGradient(x, y, out, outOffset, length);
      case TIMES_SIGN -> BinaryLoops.timesSign(x, y, out, outOffset, length);
      case SQUARED_DIFFERENCE -> BinaryLoops.squaredDifference(x, y, out, outOffset, length);
      case SQUARE_GRADIENT -> BinaryLoops.squareGradient(x, y, out, outOffset, length);
      case POWER -> VectorPower.power(x, y, out, outOffset, length);
      case XLOGY -> BinaryLoops.xlogy(x, y, out, outOffset, length);
      // No SIMD form: the definition itself.
      case REMAINDER -> scalar(f, x, y, out, outOffset, length);
    }
  }

  /// Tells whether a function is one operation, which rounds to the same float in double: a single
  /// pair needs no vector.
  private static boolean isOneOperation(Binary f) {
    return f.ordinal() <= Binary.DIVIDE.ordinal();
  }

  private static void scalar(
      Binary f, Operand x, Operand y, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i++) {
      out[outOffset + i] = (float) f.scalar(x.get(i), y.get(i));
    }
  }
}
