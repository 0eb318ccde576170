package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;

/// Turns groups of short rows, so that a vector holds one column of as many rows as it has lanes,
/// and back.
final class TurnedRows {
  private TurnedRows() {}

  /// Copies `rows` rows, of which lanes without a row repeat the last one: element (i, j) goes to
  /// `to[j * COUNT + i]`.
  static void turn(float[] x, int offset, int rows, int columns, float[] to) {
    if (rows == COUNT) {
      BlockTranspose.copy(COUNT, columns, x, offset, columns, to, 0, COUNT);
      return;
    }
    for (int row = 0; row < COUNT; row++) {
      int from = offset + Math.min(row, rows - 1) * columns;
      for (int i = 0; i < columns; i++) {
        to[i * COUNT + row] = x[from + i];
      }
    }
  }

  /// Copies such rows back.
  static void turnBack(float[] from, float[] out, int outOffset, int rows, int columns) {
    if (rows == COUNT) {
      BlockTranspose.copy(columns, COUNT, from, 0, COUNT, out, outOffset, columns);
      return;
    }
    for (int row = 0; row < rows; row++) {
      int to = outOffset + row * columns;
      for (int i = 0; i < columns; i++) {
        out[to + i] = from[i * COUNT + row];
      }
    }
  }
}
