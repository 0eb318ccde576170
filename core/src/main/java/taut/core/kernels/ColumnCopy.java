package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.load;

/// Copies some columns of a row-major matrix into another, whose rows may have another length: how
/// a group of channels becomes a matrix of its own, and how it gets back.
final class ColumnCopy {
  private ColumnCopy() {}

  /// Copies `rows` rows of `columns` columns; the steps are from one row of each matrix to its
  /// next.
  static void copy(
      int rows,
      int columns,
      float[] from,
      int fromOffset,
      int fromStep,
      float[] to,
      int toOffset,
      int toStep) {
    int whole = Lanes.SPECIES.loopBound(columns);
    for (int row = 0; row < rows; row++) {
      int source = fromOffset + row * fromStep;
      int target = toOffset + row * toStep;
      int i = 0;
      for (; i < whole; i += COUNT) {
        load(from, source + i).intoArray(to, target + i);
      }
      for (; i < columns; i++) {
        to[target + i] = from[source + i];
      }
    }
  }
}
