package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.load;

import jdk.incubator.vector.FloatVector;
import taut.core.ops.Reduction;

/// Streams rows into one accumulator per column: the inner loops of [ColumnReduce].
///
/// Four rows are combined first, in pairs, so that an accumulator is loaded and stored once for
/// four rows, and sums grow a quarter as long. They come from the four quarters of the rows: memory
/// is read faster at four places, each in one long run, than four neighbouring rows are. The width
/// is a whole number of vectors.
final class ColumnLoops {
  private ColumnLoops() {}

  /// Accumulates `rows` rows of `width` columns, the first at `offset`, `stride` apart.
  static void accumulate(
      Reduction kind,
      float[] x,
      int offset,
      int stride,
      int rows,
      float[] into,
      int intoOffset,
      int width) {
    switch (kind) {
      case SUM, MEAN -> sum(x, offset, stride, rows, into, intoOffset, width);
      case SUM_OF_SQUARES -> sumOfSquares(x, offset, stride, rows, into, intoOffset, width);
      case SUM_OF_ABSOLUTES -> sumOfAbsolutes(x, offset, stride, rows, into, intoOffset, width);
      case MINIMUM -> minimum(x, offset, stride, rows, into, intoOffset, width);
      case MAXIMUM -> maximum(x, offset, stride, rows, into, intoOffset, width);
      // Products are accumulated in double, by ColumnReduce.
      case PRODUCT -> throw new IllegalArgumentException("column sums: no SIMD form of PRODUCT");
    }
  }

  private static void sum(
      float[] x, int offset, int stride, int rows, float[] into, int intoOffset, int width) {
    int quarter = rows / 4;
    for (int row = 0; row < quarter; row++) {
      int a = offset + row * stride;
      int b = a + quarter * stride;
      int c = b + quarter * stride;
      int d = c + quarter * stride;
      for (int i = 0; i < width; i += COUNT) {
        FloatVector upper = load(x, a + i).add(load(x, b + i));
        FloatVector lower = load(x, c + i).add(load(x, d + i));
        FloatVector four = upper.add(lower);
        load(into, intoOffset + i).add(four).intoArray(into, intoOffset + i);
      }
    }
    for (int row = 4 * quarter; row < rows; row++) {
      int a = offset + row * stride;
      for (int i = 0; i < width; i += COUNT) {
        FloatVector value = load(x, a + i);
        load(into, intoOffset + i).add(value).intoArray(into, intoOffset + i);
      }
    }
  }

  private static void sumOfSquares(
      float[] x, int offset, int stride, int rows, float[] into, int intoOffset, int width) {
    int quarter = rows / 4;
    for (int row = 0; row < quarter; row++) {
      int a = offset + row * stride;
      int b = a + quarter * stride;
      int c = b + quarter * stride;
      int d = c + quarter * stride;
      for (int i = 0; i < width; i += COUNT) {
        FloatVector x0 = load(x, a + i);
        FloatVector x1 = load(x, b + i);
        FloatVector x2 = load(x, c + i);
        FloatVector x3 = load(x, d + i);
        FloatVector four = x0.fma(x0, x1.mul(x1)).add(x2.fma(x2, x3.mul(x3)));
        load(into, intoOffset + i).add(four).intoArray(into, intoOffset + i);
      }
    }
    for (int row = 4 * quarter; row < rows; row++) {
      int a = offset + row * stride;
      for (int i = 0; i < width; i += COUNT) {
        FloatVector value = load(x, a + i);
        value.fma(value, load(into, intoOffset + i)).intoArray(into, intoOffset + i);
      }
    }
  }

  private static void sumOfAbsolutes(
      float[] x, int offset, int stride, int rows, float[] into, int intoOffset, int width) {
    int quarter = rows / 4;
    for (int row = 0; row < quarter; row++) {
      int a = offset + row * stride;
      int b = a + quarter * stride;
      int c = b + quarter * stride;
      int d = c + quarter * stride;
      for (int i = 0; i < width; i += COUNT) {
        FloatVector upper = load(x, a + i).abs().add(load(x, b + i).abs());
        FloatVector lower = load(x, c + i).abs().add(load(x, d + i).abs());
        FloatVector four = upper.add(lower);
        load(into, intoOffset + i).add(four).intoArray(into, intoOffset + i);
      }
    }
    for (int row = 4 * quarter; row < rows; row++) {
      int a = offset + row * stride;
      for (int i = 0; i < width; i += COUNT) {
        FloatVector value = load(x, a + i).abs();
        load(into, intoOffset + i).add(value).intoArray(into, intoOffset + i);
      }
    }
  }

  private static void minimum(
      float[] x, int offset, int stride, int rows, float[] into, int intoOffset, int width) {
    int quarter = rows / 4;
    for (int row = 0; row < quarter; row++) {
      int a = offset + row * stride;
      int b = a + quarter * stride;
      int c = b + quarter * stride;
      int d = c + quarter * stride;
      for (int i = 0; i < width; i += COUNT) {
        FloatVector upper = load(x, a + i).min(load(x, b + i));
        FloatVector lower = load(x, c + i).min(load(x, d + i));
        FloatVector four = upper.min(lower);
        load(into, intoOffset + i).min(four).intoArray(into, intoOffset + i);
      }
    }
    for (int row = 4 * quarter; row < rows; row++) {
      int a = offset + row * stride;
      for (int i = 0; i < width; i += COUNT) {
        FloatVector value = load(x, a + i);
        load(into, intoOffset + i).min(value).intoArray(into, intoOffset + i);
      }
    }
  }

  private static void maximum(
      float[] x, int offset, int stride, int rows, float[] into, int intoOffset, int width) {
    int quarter = rows / 4;
    for (int row = 0; row < quarter; row++) {
      int a = offset + row * stride;
      int b = a + quarter * stride;
      int c = b + quarter * stride;
      int d = c + quarter * stride;
      for (int i = 0; i < width; i += COUNT) {
        FloatVector upper = load(x, a + i).max(load(x, b + i));
        FloatVector lower = load(x, c + i).max(load(x, d + i));
        FloatVector four = upper.max(lower);
        load(into, intoOffset + i).max(four).intoArray(into, intoOffset + i);
      }
    }
    for (int row = 4 * quarter; row < rows; row++) {
      int a = offset + row * stride;
      for (int i = 0; i < width; i += COUNT) {
        FloatVector value = load(x, a + i);
        load(into, intoOffset + i).max(value).intoArray(into, intoOffset + i);
      }
    }
  }
}
