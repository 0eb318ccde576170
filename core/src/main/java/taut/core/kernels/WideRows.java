package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;

/// Sees a matrix with few columns as one with more columns and fewer rows, so that loops over a row
/// are long and take whole vectors.
///
/// The last vector of a row ends with it. Where it shares columns with the one before, it has a
/// place of its own in a row of coefficients, which is why that is `padded` long: first the `whole`
/// vectors, then the last one. Elements behind the last wide row are left over.
///
/// @param columns the columns of the matrix
/// @param width the columns of the wide matrix, at least one vector
/// @param rows the rows of the wide matrix, possibly 0
record WideRows(int columns, int width, int rows) {
  private static final int LONG_ENOUGH = 128;
  private static final int BLOCK = 1 << 14;
  private static final int FEWEST_ROWS = 32;
  private static final int MOST_ROWS = 512;

  /// Returns how to see `total` elements in rows of `columns`.
  static WideRows of(int columns, int total) {
    int given = total / columns;
    int even = COUNT / Integer.lowestOneBit(columns | COUNT);
    int many = even * Math.ceilDiv(LONG_ENOUGH, columns * even);
    for (int together : new int[] {columns >= LONG_ENOUGH ? 1 : many, even, 1}) {
      if (together <= given && together * columns >= COUNT) {
        return new WideRows(columns, together * columns, given / together);
      }
    }
    return new WideRows(columns, COUNT, 0);
  }

  /// Returns how many columns whole vectors cover.
  int whole() {
    return width / COUNT * COUNT;
  }

  /// Tells whether the last vector of a row shares columns with the one before.
  boolean overlaps() {
    return whole() < width;
  }

  /// Returns the column where the last vector begins.
  int last() {
    return width - COUNT;
  }

  /// Returns the length of a row of coefficients.
  int padded() {
    return overlaps() ? whole() + COUNT : width;
  }

  /// Returns where in a row of coefficients the one for a wide column stands.
  int place(int column) {
    return column < whole() ? column : whole() + column - last();
  }

  /// Returns the column of the matrix that a place in a row of coefficients is for.
  int column(int place) {
    return (place < whole() ? place : last() + place - whole()) % columns;
  }

  /// Returns where the elements begin that are left over.
  int rest() {
    return rows * width;
  }

  /// Returns how many wide rows a block has: few enough for the cache and for sums in float32.
  int blockRows() {
    return Math.clamp(BLOCK / width, FEWEST_ROWS, MOST_ROWS);
  }

  /// Returns how many blocks there are.
  int blocks() {
    return Math.ceilDiv(rows, blockRows());
  }

  /// Returns how many wide rows one of the blocks has.
  int rowsOf(int block) {
    return Math.min(blockRows(), rows - block * blockRows());
  }
}
