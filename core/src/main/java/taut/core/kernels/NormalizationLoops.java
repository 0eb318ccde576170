package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.load;

import jdk.incubator.vector.FloatVector;

/// The inner loops of batch normalization, over some columns of some rows.
///
/// A matrix has `stride` columns; the loops take `length` of them, a whole number of vectors. What
/// belongs to a column (its mean, its sums) stands in rows of coefficients, one after the other.
final class NormalizationLoops {
  private NormalizationLoops() {}

  /// Adds Σ(x - m)² to the sums.
  ///
  /// @param means where the means begin in the coefficients
  /// @param sums where the sums begin
  static void squares(
      float[] x,
      int offset,
      int stride,
      int rows,
      float[] coefficients,
      int means,
      int sums,
      int length) {
    int row = 0;
    for (; row <= rows - 4; row += 4) {
      int a = offset + row * stride;
      int b = a + stride;
      int c = b + stride;
      int d = c + stride;
      for (int i = 0; i < length; i += COUNT) {
        FloatVector mean = load(coefficients, means + i);
        FloatVector x0 = load(x, a + i).sub(mean);
        FloatVector x1 = load(x, b + i).sub(mean);
        FloatVector x2 = load(x, c + i).sub(mean);
        FloatVector x3 = load(x, d + i).sub(mean);
        FloatVector four = x0.fma(x0, x1.mul(x1)).add(x2.fma(x2, x3.mul(x3)));
        load(coefficients, sums + i).add(four).intoArray(coefficients, sums + i);
      }
    }
    for (; row < rows; row++) {
      int a = offset + row * stride;
      for (int i = 0; i < length; i += COUNT) {
        FloatVector x0 = load(x, a + i).sub(load(coefficients, means + i));
        x0.fma(x0, load(coefficients, sums + i)).intoArray(coefficients, sums + i);
      }
    }
  }

  /// Writes (x - m)·factor + shift.
  ///
  /// @param coefficients the means, the factors and the shifts, in rows of `width`
  /// @param from where the means begin
  static void normalize(
      float[] x,
      int offset,
      float[] out,
      int to,
      float[] coefficients,
      int from,
      int width,
      int length) {
    for (int i = 0; i < length; i += COUNT) {
      int at = from + i;
      FloatVector centred = load(x, offset + i).sub(load(coefficients, at));
      FloatVector factor = load(coefficients, at + width);
      centred.fma(factor, load(coefficients, at + 2 * width)).intoArray(out, to + i);
    }
  }

  /// Adds Σc and Σc·(x - m) to the sums.
  ///
  /// @param from where the means begin
  /// @param sums where the first sums begin in the results, and the second `width` further
  static void products(
      float[] c,
      int cOffset,
      float[] x,
      int xOffset,
      int stride,
      int rows,
      float[] means,
      int from,
      float[] results,
      int sums,
      int width,
      int length) {
    int row = 0;
    for (; row <= rows - 2; row += 2) {
      int at = row * stride;
      for (int i = 0; i < length; i += COUNT) {
        FloatVector mean = load(means, from + i);
        FloatVector c0 = load(c, cOffset + at + i);
        FloatVector c1 = load(c, cOffset + at + stride + i);
        FloatVector x0 = load(x, xOffset + at + i).sub(mean);
        FloatVector x1 = load(x, xOffset + at + stride + i).sub(mean);
        load(results, sums + i).add(c0.add(c1)).intoArray(results, sums + i);
        FloatVector two = c0.fma(x0, c1.mul(x1));
        int second = sums + width + i;
        load(results, second).add(two).intoArray(results, second);
      }
    }
    for (; row < rows; row++) {
      int at = row * stride;
      for (int i = 0; i < length; i += COUNT) {
        FloatVector c0 = load(c, cOffset + at + i);
        FloatVector x0 = load(x, xOffset + at + i).sub(load(means, from + i));
        load(results, sums + i).add(c0).intoArray(results, sums + i);
        int second = sums + width + i;
        c0.fma(x0, load(results, second)).intoArray(results, second);
      }
    }
  }

  /// Writes (c - a - (x - m)·b)·factor.
  ///
  /// @param coefficients the means, a, b and the factors, in rows of `width`
  /// @param from where the means begin
  static void gradient(
      float[] c,
      int cOffset,
      float[] x,
      int xOffset,
      float[] out,
      int to,
      float[] coefficients,
      int from,
      int width,
      int length) {
    for (int i = 0; i < length; i += COUNT) {
      int at = from + i;
      FloatVector centred = load(x, xOffset + i).sub(load(coefficients, at));
      FloatVector rest = load(c, cOffset + i).sub(load(coefficients, at + width));
      rest = rest.sub(centred.mul(load(coefficients, at + 2 * width)));
      rest.mul(load(coefficients, at + 3 * width)).intoArray(out, to + i);
    }
  }
}
