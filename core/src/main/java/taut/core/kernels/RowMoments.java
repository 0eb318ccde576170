package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.all;
import static taut.core.kernels.Lanes.load;

import java.util.Arrays;
import taut.core.FloatStorage;

/// Finds the mean m and the inverse deviation r of the rows of a float32 matrix, a group of rows at
/// a time; see [RowNormalizationKernels].
final class RowMoments {
  private final boolean centred;
  private final double epsilon;
  private final float[] x;
  private final int offset;
  private final int columns;
  private final float[] moments;
  private final int means;
  private final int inverses;

  /// Makes a finder for all rows.
  ///
  /// @param moments where the m of all rows, and then the r of all rows, are written
  RowMoments(boolean centred, double epsilon, FloatStorage x, int columns, FloatStorage moments) {
    this.centred = centred;
    this.epsilon = epsilon;
    this.x = x.array();
    this.offset = x.offset();
    this.columns = columns;
    this.moments = moments.array();
    this.means = moments.offset();
    this.inverses = moments.offset() + moments.length() / 2;
  }

  /// Returns where in [#array()] the means begin.
  int means() {
    return means;
  }

  /// Returns where in [#array()] the inverse deviations begin.
  int inverses() {
    return inverses;
  }

  float[] array() {
    return moments;
  }

  float mean(int row) {
    return moments[means + row];
  }

  float inverse(int row) {
    return moments[inverses + row];
  }

  /// Writes the moments of `count` rows, at most as many as a vector has lanes.
  void find(int first, int count) {
    if (centred) {
      findMeans(first, count);
    } else {
      Arrays.fill(moments, means + first, means + first + count, 0);
    }
    RowGroup group = RowGroup.first();
    for (int i = 0; i < count; i++) {
      int from = offset + (first + i) * columns;
      for (int start = 0; start < columns; start += RowReduce.BLOCK) {
        int size = Math.min(RowReduce.BLOCK, columns - start);
        RowNormalizationLoops.squares(
            x, from + start, size, mean(first + i), group.lanes, i * COUNT);
      }
    }
    float[] inverse = group.means(columns);
    all(1f).div(load(inverse, 0).add((float) epsilon).sqrt()).intoArray(inverse, 0);
    for (int i = 0; i < count; i++) {
      // The squares of large elements overflow, but not the root of their mean.
      moments[inverses + first + i] =
          inverse[i] > 0 ? inverse[i] : (float) (1 / Math.sqrt(exactSquare(first + i) + epsilon));
    }
  }

  private void findMeans(int first, int count) {
    RowGroup group = RowGroup.first();
    for (int i = 0; i < count; i++) {
      int from = offset + (first + i) * columns;
      for (int start = 0; start < columns; start += RowReduce.BLOCK) {
        int size = Math.min(RowReduce.BLOCK, columns - start);
        RowNormalizationLoops.sum(x, from + start, size, group.lanes, i * COUNT);
      }
    }
    float[] found = group.means(columns);
    for (int i = 0; i < count; i++) {
      // Large elements may overflow as a float32 sum, but not their mean.
      moments[means + first + i] =
          Float.isFinite(found[i]) ? found[i] : (float) exactMean(first + i);
    }
  }

  private double exactMean(int row) {
    double sum = 0;
    for (int i = 0; i < columns; i++) {
      sum += x[offset + row * columns + i];
    }
    return sum / columns;
  }

  private double exactSquare(int row) {
    double sum = 0;
    for (int i = 0; i < columns; i++) {
      double distance = (double) x[offset + row * columns + i] - mean(row);
      sum += distance * distance;
    }
    return sum / columns;
  }
}
