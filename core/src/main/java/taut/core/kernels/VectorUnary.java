package taut.core.kernels;

import java.util.Objects;
import taut.core.ops.Unary;

/// Applies a function of one argument to every element of a float32 array.
///
/// `out[outOffset + i] = f(x[xOffset + i])`. Functions with a SIMD form run it for every element,
/// also the last few: those are copied to a buffer of one vector, so that an element's value does
/// not depend on where in the array it stands. The others (trigonometric ones) run
/// [Unary#scalar(double)] element by element. Errors are those of [VectorMath] and
/// [VectorActivation], at most a few ulp; NaN gives NaN.
public final class VectorUnary {
  private VectorUnary() {}

  /// Writes `f(x)` for `length` elements to `out`, which may be the same range of the same array
  /// (but must not overlap it otherwise). Long arrays are split among threads at fixed places.
  ///
  /// @param f the function
  /// @param x the argument
  /// @param xOffset where the argument begins
  /// @param out the result
  /// @param outOffset where the result begins
  /// @param length the number of elements, possibly 0
  /// @throws IndexOutOfBoundsException when a range leaves its array
  public static void apply(
      Unary f, float[] x, int xOffset, float[] out, int outOffset, int length) {
    Objects.checkFromIndexSize(xOffset, length, x.length);
    Objects.checkFromIndexSize(outOffset, length, out.length);
    Blocks.forEach(
        length, (start, size) -> block(f, x, xOffset + start, out, outOffset + start, size));
  }

  static void block(Unary f, float[] x, int xOffset, float[] out, int outOffset, int length) {
    int whole = Lanes.SPECIES.loopBound(length);
    loop(f, x, xOffset, out, outOffset, whole);
    int rest = length - whole;
    if (rest > 0) {
      float[] buffer = SpareVectors.array();
      int at = SpareVectors.RESULTS.offset;
      System.arraycopy(x, xOffset + whole, buffer, at, rest);
      loop(f, buffer, at, buffer, at, Lanes.COUNT);
      System.arraycopy(buffer, at, out, outOffset + whole, rest);
    }
  }

  private static void loop(
      Unary f, float[] x, int xOffset, float[] out, int outOffset, int length) {
    switch (f) {
      case NEGATE -> ElementaryLoops.negate(x, xOffset, out, outOffset, length);
      case ABS -> ElementaryLoops.abs(x, xOffset, out, outOffset, length);
      case SQUARE -> ElementaryLoops.square(x, xOffset, out, outOffset, length);
      case SQRT -> ElementaryLoops.sqrt(x, xOffset, out, outOffset, length);
      case RSQRT -> ElementaryLoops.rsqrt(x, xOffset, out, outOffset, length);
      case RECIPROCAL -> ElementaryLoops.reciprocal(x, xOffset, out, outOffset, length);
      case EXP -> ElementaryLoops.exp(x, xOffset, out, outOffset, length);
      case EXPM1 -> ElementaryLoops.expm1(x, xOffset, out, outOffset, length);
      case LOG -> ElementaryLoops.log(x, xOffset, out, outOffset, length);
      case LOG1P -> ElementaryLoops.log1p(x, xOffset, out, outOffset, length);
      case TANH -> ElementaryLoops.tanh(x, xOffset, out, outOffset, length);
      case SIGMOID -> ElementaryLoops.sigmoid(x, xOffset, out, outOffset, length);
      case SOFTPLUS -> ActivationLoops.softplus(x, xOffset, out, outOffset, length);
      case ERF -> ElementaryLoops.erf(x, xOffset, out, outOffset, length);
      case SIGN -> ActivationLoops.sign(x, xOffset, out, outOffset, length);
      case FLOOR -> ActivationLoops.floor(x, xOffset, out, outOffset, length);
      case CEIL -> ActivationLoops.ceil(x, xOffset, out, outOffset, length);
      case ROUND -> ActivationLoops.round(x, xOffset, out, outOffset, length);
      case RELU -> ActivationLoops.relu(x, xOffset, out, outOffset, length);
      case RELU6 -> ActivationLoops.relu6(x, xOffset, out, outOffset, length);
      case SELU -> ActivationLoops.selu(x, xOffset, out, outOffset, length);
      case GELU -> ActivationLoops.gelu(x, xOffset, out, outOffset, length);
      case GELU_TANH -> ActivationLoops.geluTanh(x, xOffset, out, outOffset, length);
      case SILU -> ActivationLoops.silu(x, xOffset, out, outOffset, length);
      case LOG_SIGMOID -> ActivationLoops.logSigmoid(x, xOffset, out, outOffset, length);
      case MISH -> ActivationLoops.mish(x, xOffset, out, outOffset, length);
      case SOFTSIGN -> ActivationLoops.softsign(x, xOffset, out, outOffset, length);
      case HARD_SIGMOID -> ActivationLoops.hardSigmoid(x, xOffset, out, outOffset, length);
      case HARD_SILU -> ActivationLoops.hardSilu(x, xOffset, out, outOffset, length);
      // No SIMD form: the definition itself.
      default -> scalar(f, x, xOffset, out, outOffset, length);
    }
  }

  private static void scalar(
      Unary f, float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i++) {
      out[outOffset + i] = (float) f.scalar(x[xOffset + i]);
    }
  }
}
