package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.SPECIES;
import static taut.core.kernels.Lanes.all;
import static taut.core.kernels.Lanes.load;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// The inner loops of row normalization, each over some columns of one row or of two. The last
/// columns run as one masked vector.
///
/// In the loops of the gradient four numbers belong to a row, one after the other: its mean m, its
/// inverse deviation r, and what is subtracted, a and b.
final class RowNormalizationLoops {
  private RowNormalizationLoops() {}

  /// Adds the elements, at most [RowReduce#BLOCK] of them, to a vector of sums.
  static void sum(float[] x, int offset, int count, float[] sums, int to) {
    FloatVector sum0 = load(sums, to);
    FloatVector sum1 = all(0f);
    FloatVector sum2 = sum1;
    FloatVector sum3 = sum1;
    int i = 0;
    for (; i <= count - 4 * COUNT; i += 4 * COUNT) {
      sum0 = sum0.add(load(x, offset + i));
      sum1 = sum1.add(load(x, offset + i + COUNT));
      sum2 = sum2.add(load(x, offset + i + 2 * COUNT));
      sum3 = sum3.add(load(x, offset + i + 3 * COUNT));
    }
    for (; i <= count - COUNT; i += COUNT) {
      sum0 = sum0.add(load(x, offset + i));
    }
    if (i < count) {
      VectorMask<Float> rest = SPECIES.indexInRange(i, count);
      sum1 = sum1.add(FloatVector.fromArray(SPECIES, x, offset + i, rest));
    }
    sum0.add(sum1).add(sum2.add(sum3)).intoArray(sums, to);
  }

  /// Adds (x - m)², of at most [RowReduce#BLOCK] elements, to a vector of sums.
  static void squares(float[] x, int offset, int count, float mean, float[] sums, int to) {
    FloatVector sum0 = load(sums, to);
    FloatVector sum1 = all(0f);
    FloatVector sum2 = sum1;
    FloatVector sum3 = sum1;
    int i = 0;
    for (; i <= count - 4 * COUNT; i += 4 * COUNT) {
      FloatVector x0 = load(x, offset + i).sub(mean);
      sum0 = x0.fma(x0, sum0);
      FloatVector x1 = load(x, offset + i + COUNT).sub(mean);
      sum1 = x1.fma(x1, sum1);
      FloatVector x2 = load(x, offset + i + 2 * COUNT).sub(mean);
      sum2 = x2.fma(x2, sum2);
      FloatVector x3 = load(x, offset + i + 3 * COUNT).sub(mean);
      sum3 = x3.fma(x3, sum3);
    }
    for (; i <= count - COUNT; i += COUNT) {
      FloatVector x0 = load(x, offset + i).sub(mean);
      sum0 = x0.fma(x0, sum0);
    }
    if (i < count) {
      VectorMask<Float> rest = SPECIES.indexInRange(i, count);
      FloatVector x1 = FloatVector.fromArray(SPECIES, x, offset + i, rest).sub(mean);
      sum1 = sum1.add(all(0f).blend(x1.mul(x1), rest));
    }
    sum0.add(sum1).add(sum2.add(sum3)).intoArray(sums, to);
  }

  /// Writes γ·r·(x - m) + β.
  static void normalize(
      float[] x,
      int offset,
      float mean,
      float inverse,
      float[] scale,
      int scaleOffset,
      float[] shift,
      int shiftOffset,
      float[] out,
      int outOffset,
      int count) {
    int i = 0;
    for (; i <= count - COUNT; i += COUNT) {
      FloatVector normal = load(x, offset + i).sub(mean).mul(inverse);
      FloatVector gamma = load(scale, scaleOffset + i);
      normal.fma(gamma, load(shift, shiftOffset + i)).intoArray(out, outOffset + i);
    }
    if (i < count) {
      VectorMask<Float> rest = SPECIES.indexInRange(i, count);
      FloatVector normal = FloatVector.fromArray(SPECIES, x, offset + i, rest).sub(mean);
      FloatVector gamma = FloatVector.fromArray(SPECIES, scale, scaleOffset + i, rest);
      FloatVector beta = FloatVector.fromArray(SPECIES, shift, shiftOffset + i, rest);
      normal.mul(inverse).fma(gamma, beta).intoArray(out, outOffset + i, rest);
    }
  }

  /// Adds g = γ·c, of at most [RowReduce#BLOCK] elements, to a vector of sums, and g·x̂ to another.
  static void products(
      float[] x,
      int offset,
      float mean,
      float inverse,
      float[] scale,
      int scaleOffset,
      float[] c,
      int cOffset,
      float[] sums,
      float[] products,
      int to,
      int count) {
    FloatVector sum0 = load(sums, to);
    FloatVector product0 = load(products, to);
    FloatVector sum1 = all(0f);
    FloatVector product1 = sum1;
    int i = 0;
    for (; i <= count - 2 * COUNT; i += 2 * COUNT) {
      FloatVector g0 = load(c, cOffset + i).mul(load(scale, scaleOffset + i));
      FloatVector g1 = load(c, cOffset + i + COUNT).mul(load(scale, scaleOffset + i + COUNT));
      sum0 = sum0.add(g0);
      sum1 = sum1.add(g1);
      product0 = load(x, offset + i).sub(mean).mul(inverse).fma(g0, product0);
      product1 = load(x, offset + i + COUNT).sub(mean).mul(inverse).fma(g1, product1);
    }
    for (; i <= count - COUNT; i += COUNT) {
      FloatVector g = load(c, cOffset + i).mul(load(scale, scaleOffset + i));
      sum0 = sum0.add(g);
      product0 = load(x, offset + i).sub(mean).mul(inverse).fma(g, product0);
    }
    if (i < count) {
      VectorMask<Float> rest = SPECIES.indexInRange(i, count);
      FloatVector gamma = FloatVector.fromArray(SPECIES, scale, scaleOffset + i, rest);
      FloatVector g = FloatVector.fromArray(SPECIES, c, cOffset + i, rest).mul(gamma);
      FloatVector normal = FloatVector.fromArray(SPECIES, x, offset + i, rest).sub(mean);
      sum1 = sum1.add(g);
      product1 = product1.add(all(0f).blend(normal.mul(inverse).mul(g), rest));
    }
    sum0.add(sum1).intoArray(sums, to);
    product0.add(product1).intoArray(products, to);
  }

  /// Writes dx = r·(g - a - x̂·b) of two rows of `columns`, and adds their c·x̂ and c to the sums
  /// of each column.
  ///
  /// @param row the four numbers of the first row, and then those of the second
  /// @param at where these begin
  /// @param sums the Σc·x̂ of all columns, then the Σc
  static void gradientOfTwo(
      float[] x,
      int offset,
      float[] scale,
      int scaleOffset,
      float[] c,
      int cOffset,
      float[] row,
      int at,
      float[] dx,
      int dxOffset,
      float[] sums,
      int to,
      int columns) {
    int i = 0;
    for (; i <= columns - COUNT; i += COUNT) {
      FloatVector gamma = load(scale, scaleOffset + i);
      FloatVector normal0 = load(x, offset + i).sub(row[at]).mul(row[at + 1]);
      FloatVector normal1 = load(x, offset + columns + i).sub(row[at + 4]).mul(row[at + 5]);
      FloatVector c0 = load(c, cOffset + i);
      FloatVector c1 = load(c, cOffset + columns + i);
      c0.fma(normal0, c1.fma(normal1, load(sums, to + i))).intoArray(sums, to + i);
      load(sums, to + columns + i).add(c0.add(c1)).intoArray(sums, to + columns + i);
      FloatVector rest0 = c0.mul(gamma).sub(row[at + 2]).sub(normal0.mul(row[at + 3]));
      rest0.mul(row[at + 1]).intoArray(dx, dxOffset + i);
      FloatVector rest1 = c1.mul(gamma).sub(row[at + 6]).sub(normal1.mul(row[at + 7]));
      rest1.mul(row[at + 5]).intoArray(dx, dxOffset + columns + i);
    }
    if (i < columns) {
      last(x, offset, scale, scaleOffset, c, cOffset, row, at, dx, dxOffset, sums, to, i, columns);
      int second = offset + columns;
      int o = dxOffset + columns;
      int j = cOffset + columns;
      last(x, second, scale, scaleOffset, c, j, row, at + 4, dx, o, sums, to, i, columns);
    }
  }

  /// Does the same with one row.
  static void gradientOfOne(
      float[] x,
      int offset,
      float[] scale,
      int scaleOffset,
      float[] c,
      int cOffset,
      float[] row,
      int at,
      float[] dx,
      int dxOffset,
      float[] sums,
      int to,
      int columns) {
    int i = 0;
    for (; i <= columns - COUNT; i += COUNT) {
      FloatVector normal = load(x, offset + i).sub(row[at]).mul(row[at + 1]);
      FloatVector cotangent = load(c, cOffset + i);
      cotangent.fma(normal, load(sums, to + i)).intoArray(sums, to + i);
      load(sums, to + columns + i).add(cotangent).intoArray(sums, to + columns + i);
      FloatVector g = cotangent.mul(load(scale, scaleOffset + i));
      FloatVector rest = g.sub(row[at + 2]).sub(normal.mul(row[at + 3]));
      rest.mul(row[at + 1]).intoArray(dx, dxOffset + i);
    }
    if (i < columns) {
      last(x, offset, scale, scaleOffset, c, cOffset, row, at, dx, dxOffset, sums, to, i, columns);
    }
  }

  private static void last(
      float[] x,
      int offset,
      float[] scale,
      int scaleOffset,
      float[] c,
      int cOffset,
      float[] row,
      int at,
      float[] dx,
      int dxOffset,
      float[] sums,
      int to,
      int i,
      int columns) {
    VectorMask<Float> rest = SPECIES.indexInRange(i, columns);
    FloatVector normal = FloatVector.fromArray(SPECIES, x, offset + i, rest).sub(row[at]);
    normal = normal.mul(row[at + 1]);
    FloatVector cotangent = FloatVector.fromArray(SPECIES, c, cOffset + i, rest);
    FloatVector slope = FloatVector.fromArray(SPECIES, sums, to + i, rest);
    cotangent.fma(normal, slope).intoArray(sums, to + i, rest);
    FloatVector sum = FloatVector.fromArray(SPECIES, sums, to + columns + i, rest);
    sum.add(cotangent).intoArray(sums, to + columns + i, rest);
    FloatVector g = FloatVector.fromArray(SPECIES, scale, scaleOffset + i, rest).mul(cotangent);
    FloatVector left = g.sub(row[at + 2]).sub(normal.mul(row[at + 3]));
    left.mul(row[at + 1]).intoArray(dx, dxOffset + i, rest);
  }
}
