package taut.core.kernels;

import static jdk.incubator.vector.VectorOperators.GT;
import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.SPECIES;
import static taut.core.kernels.Lanes.load;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import taut.core.FloatStorage;
import taut.core.ops.Binary;
import taut.core.ops.Reduction;
import taut.core.ops.Unary;

/// Adds a bias to every row of a float32 matrix and bends the sum; and finds both gradients.
///
/// ReLU has loops of its own that do all at once. Other functions take a row, or some short ones,
/// at a time while it is in the cache.
final class VectorBias {
  /// Rows whose gradients are added up in float32; their sums are added in double.
  private static final int ROWS = 512;

  private static final ThreadBuffer TOTALS = new ThreadBuffer();

  private VectorBias() {}

  /// Computes out = f(x + bias).
  static void activate(Unary f, FloatStorage x, FloatStorage bias, FloatStorage out) {
    int total = out.length();
    if (total == 0) {
      return;
    }
    BroadcastOperand first = new BroadcastOperand(bias.array(), bias.offset(), 1, false);
    RepeatedRow row = RepeatedRow.of(first, bias.length(), total / bias.length());
    float[] matrix = x.array();
    float[] result = out.array();
    int length = row.length();
    int whole = RepeatedRow.padded(length);
    Blocks.forEachRow(
        Math.ceilDiv(total, length),
        length,
        (start, size) -> {
          for (int i = start; i < start + size; i++) {
            int at = i * length;
            int to = out.offset() + at;
            // The vectors of the last row must end with it: another thread may have been behind.
            if (f == Unary.RELU && i < start + size - 1) {
              relu(matrix, x.offset() + at, row.values(), row.offset(), result, to, whole);
            } else {
              int left = Math.min(length, total - at);
              Operand rest = new Operand(matrix, x.offset() + at, 1);
              VectorBinary.block(Binary.ADD, rest, row.operand(), result, to, left);
              VectorUnary.block(f, result, to, result, to, left);
            }
          }
        });
  }

  private static void relu(
      float[] x, int offset, float[] bias, int biasOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      FloatVector sum = load(x, offset + i).add(load(bias, biasOffset + i));
      VectorActivation.relu(sum).intoArray(out, outOffset + i);
    }
  }

  /// Computes dx = slope(c, y) and its column sums.
  static void gradients(
      Binary slope, FloatStorage c, FloatStorage y, FloatStorage dx, FloatStorage sums) {
    int total = y.length();
    int columns = sums.length();
    int rows = total == 0 ? 0 : total / columns;
    if (slope == Binary.RELU_GRADIENT
        && columns >= COUNT
        && rows <= ROWS
        && total < Blocks.PARALLEL_FROM
        && !c.isUniform()) {
      reluGradients(c, y, dx, sums, rows, columns);
      return;
    }
    BroadcastOperand first = BroadcastOperand.of(c, 1, SpareVectors.HELD_FIRST);
    VectorBinary.apply(
        slope,
        first.array(),
        first.start(0),
        first.uniform() ? 0 : 1,
        y.array(),
        y.offset(),
        1,
        dx.array(),
        dx.offset(),
        total);
    VectorReduce.apply(
        Reduction.SUM, dx.array(), dx.offset(), sums.array(), sums.offset(), 1, rows, columns);
  }

  /// Sums up columns while it writes them. The last vector of a row ends with it and has an
  /// accumulator of its own, of which only the columns that no other vector has seen count.
  private static void reluGradients(
      FloatStorage c, FloatStorage y, FloatStorage dx, FloatStorage sums, int rows, int columns) {
    int whole = columns / COUNT * COUNT;
    int rest = columns - whole;
    float[] total = TOTALS.atLeast(whole + COUNT);
    Arrays.fill(total, 0, whole + COUNT, 0f);
    int row = 0;
    for (; row <= rows - 4; row += 4) {
      int at = row * columns;
      reluFour(
          c.array(),
          c.offset() + at,
          y.array(),
          y.offset() + at,
          dx.array(),
          dx.offset() + at,
          columns,
          0,
          total,
          0,
          whole);
      if (rest > 0) {
        reluFour(
            c.array(),
            c.offset() + at,
            y.array(),
            y.offset() + at,
            dx.array(),
            dx.offset() + at,
            columns,
            columns - COUNT,
            total,
            whole,
            COUNT);
      }
    }
    for (; row < rows; row++) {
      int at = row * columns;
      reluOne(
          c.array(),
          c.offset() + at,
          y.array(),
          y.offset() + at,
          dx.array(),
          dx.offset() + at,
          total,
          0,
          whole);
      if (rest > 0) {
        int last = at + columns - COUNT;
        reluOne(
            c.array(),
            c.offset() + last,
            y.array(),
            y.offset() + last,
            dx.array(),
            dx.offset() + last,
            total,
            whole,
            COUNT);
      }
    }
    System.arraycopy(total, 0, sums.array(), sums.offset(), whole);
    System.arraycopy(total, whole + COUNT - rest, sums.array(), sums.offset() + whole, rest);
  }

  private static void reluFour(
      float[] c,
      int cOffset,
      float[] y,
      int yOffset,
      float[] dx,
      int dxOffset,
      int stride,
      int column,
      float[] total,
      int totalOffset,
      int length) {
    for (int i = 0; i < length; i += COUNT) {
      int at = column + i;
      FloatVector d0 = masked(c, cOffset + at, y, yOffset + at);
      d0.intoArray(dx, dxOffset + at);
      at += stride;
      FloatVector d1 = masked(c, cOffset + at, y, yOffset + at);
      d1.intoArray(dx, dxOffset + at);
      at += stride;
      FloatVector d2 = masked(c, cOffset + at, y, yOffset + at);
      d2.intoArray(dx, dxOffset + at);
      at += stride;
      FloatVector d3 = masked(c, cOffset + at, y, yOffset + at);
      d3.intoArray(dx, dxOffset + at);
      FloatVector before = FloatVector.fromArray(SPECIES, total, totalOffset + i);
      before.add(d0.add(d1).add(d2.add(d3))).intoArray(total, totalOffset + i);
    }
  }

  private static void reluOne(
      float[] c,
      int cOffset,
      float[] y,
      int yOffset,
      float[] dx,
      int dxOffset,
      float[] total,
      int totalOffset,
      int length) {
    for (int i = 0; i < length; i += COUNT) {
      FloatVector d = masked(c, cOffset + i, y, yOffset + i);
      d.intoArray(dx, dxOffset + i);
      load(total, totalOffset + i).add(d).intoArray(total, totalOffset + i);
    }
  }

  // Written with the API's own methods: past some fifty vector operations, which four of these are,
  // C2 inlines no other, and what a real call returns is boxed.
  private static FloatVector masked(float[] c, int cOffset, float[] y, int yOffset) {
    FloatVector arrived = FloatVector.fromArray(SPECIES, c, cOffset);
    return FloatVector.broadcast(SPECIES, 0f)
        .blend(arrived, FloatVector.fromArray(SPECIES, y, yOffset).compare(GT, 0f));
  }
}
