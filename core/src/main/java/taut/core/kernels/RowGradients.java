package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;

import taut.core.FloatStorage;

/// Finds the gradients of a row normalization, a group of rows at a time; see
/// [RowNormalizationKernels].
final class RowGradients {
  private static final ThreadBuffer NUMBERS = new ThreadBuffer();

  private final boolean centred;
  private final float[] x;
  private final int xOffset;
  private final float[] scale;
  private final int scaleOffset;
  private final float[] moments;
  private final int means;
  private final int inverses;
  private final float[] c;
  private final int cOffset;
  private final float[] dx;
  private final int dxOffset;
  private final float[] sums;
  private final int columns;

  /// Makes a finder for all rows.
  ///
  /// @param sums where the gradients of scale and shift are added up
  RowGradients(
      boolean centred,
      FloatStorage x,
      FloatStorage scale,
      FloatStorage moments,
      FloatStorage c,
      FloatStorage dx,
      float[] sums) {
    this.centred = centred;
    this.x = x.array();
    this.xOffset = x.offset();
    this.scale = scale.array();
    this.scaleOffset = scale.offset();
    this.moments = moments.array();
    this.means = moments.offset();
    this.inverses = moments.offset() + moments.length() / 2;
    this.c = c.array();
    this.cOffset = c.offset();
    this.dx = dx.array();
    this.dxOffset = dx.offset();
    this.sums = sums;
    this.columns = scale.length();
  }

  /// Writes dx of the rows from `first` to before `end`, and adds to the gradients of the scale,
  /// which begin at `to` in the sums, and of the shift behind them.
  void write(int first, int end, int to) {
    int row = first;
    if (columns <= ShortRows.LIMIT && first + COUNT <= end) {
      ShortRows group = ShortRows.current();
      group.clear(columns);
      for (; row + COUNT <= end; row += COUNT) {
        group.gradient(
            centred,
            x,
            xOffset + row * columns,
            scale,
            scaleOffset,
            moments,
            means + row,
            inverses + row,
            c,
            cOffset + row * columns,
            dx,
            dxOffset + row * columns,
            columns);
      }
      group.addTo(sums, to, columns);
    }
    for (; row < end; row += COUNT) {
      writeGroup(row, Math.min(COUNT, end - row), to);
    }
  }

  /// Writes `count` rows, at most as many as a vector has lanes, one or two at a time.
  private void writeGroup(int first, int count, int to) {
    float[] numbers = numbers(first, count);
    for (int i = 0; i < count; i += 2) {
      int at = (first + i) * columns;
      if (i + 1 < count) {
        RowNormalizationLoops.gradientOfTwo(
            x,
            xOffset + at,
            scale,
            scaleOffset,
            c,
            cOffset + at,
            numbers,
            4 * i,
            dx,
            dxOffset + at,
            sums,
            to,
            columns);
      } else {
        RowNormalizationLoops.gradientOfOne(
            x,
            xOffset + at,
            scale,
            scaleOffset,
            c,
            cOffset + at,
            numbers,
            4 * i,
            dx,
            dxOffset + at,
            sums,
            to,
            columns);
      }
    }
  }

  /// Returns the four numbers of each row that [RowNormalizationLoops] speaks of.
  private float[] numbers(int first, int count) {
    RowGroup sum = RowGroup.first();
    RowGroup product = RowGroup.second();
    for (int i = 0; i < count; i++) {
      for (int start = 0; start < columns; start += RowReduce.BLOCK) {
        int at = (first + i) * columns + start;
        RowNormalizationLoops.products(
            x,
            xOffset + at,
            moments[means + first + i],
            moments[inverses + first + i],
            scale,
            scaleOffset + start,
            c,
            cOffset + at,
            sum.lanes,
            product.lanes,
            i * COUNT,
            Math.min(RowReduce.BLOCK, columns - start));
      }
    }
    float[] common = sum.means(columns);
    float[] along = product.means(columns);
    float[] numbers = NUMBERS.atLeast(4 * COUNT);
    for (int i = 0; i < count; i++) {
      numbers[4 * i] = moments[means + first + i];
      numbers[4 * i + 1] = moments[inverses + first + i];
      numbers[4 * i + 2] = centred ? common[i] : 0;
      numbers[4 * i + 3] = along[i];
    }
    return numbers;
  }
}
