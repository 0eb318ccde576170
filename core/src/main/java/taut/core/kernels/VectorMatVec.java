package taut.core.kernels;

/// A matrix times a vector: each element of the matrix is read once, so memory sets the pace.
final class VectorMatVec {
  private static final int LANES = ColumnStrips.LANES;

  /// The elements of the matrix that one block reads: 2 MB.
  private static final long BLOCK_ELEMENTS = 500_000;

  /// Longer sums of rows go through tiles, which cut them into pieces.
  private static final int MOST_SUMMED_ROWS = 4096;

  private static final ThreadBuffer SUMS = new ThreadBuffer();

  private VectorMatVec() {}

  /// Computes y = M·x or y += M·x, for a matrix with so many rows and columns that is stored by
  /// rows, or by columns when `byRows` is false.
  ///
  /// @return false, with nothing done, for a shape that this kernel is not made for
  static boolean multiply(
      int rows,
      int columns,
      float[] matrix,
      int offset,
      boolean byRows,
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      boolean accumulate) {
    if (byRows && columns >= LANES) {
      dotRows(rows, columns, matrix, offset, x, xOffset, y, yOffset, accumulate);
      return true;
    }
    if (!byRows && rows >= LANES && columns <= MOST_SUMMED_ROWS && !accumulate) {
      addColumns(rows, columns, matrix, offset, x, xOffset, y, yOffset);
      return true;
    }
    return false;
  }

  /// By rows: each result is a row's dot product with x.
  private static void dotRows(
      int rows,
      int columns,
      float[] matrix,
      int offset,
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      boolean accumulate) {
    int height = blockLength(rows, DotTile.ROWS, columns);
    Parallel.forEach(
        (rows + height - 1) / height,
        block -> {
          float[] sums = SUMS.atLeast(DotTile.ROWS * LANES);
          int end = Math.min(rows, (block + 1) * height);
          for (int row = block * height; row < end; row += DotTile.ROWS) {
            DotTile.multiply(
                columns,
                matrix,
                offset + row * columns,
                Math.min(DotTile.ROWS, end - row),
                x,
                xOffset,
                sums,
                y,
                yOffset + row,
                accumulate);
          }
        });
  }

  /// By columns: the result is the columns' sum, weighted with x.
  private static void addColumns(
      int rows,
      int columns,
      float[] matrix,
      int offset,
      float[] x,
      int xOffset,
      float[] y,
      int yOffset) {
    int height = blockLength(rows, ColumnSumTile.ROWS, columns);
    Parallel.forEach(
        (rows + height - 1) / height,
        block -> {
          int end = Math.min(rows, (block + 1) * height);
          for (int first = block * height; first < end; first += ColumnSumTile.ROWS) {
            // The last tile may begin earlier and compute some results again.
            int row = Math.min(first, rows - LANES);
            ColumnSumTile.multiply(
                columns,
                Math.min(ColumnSumTile.ROWS, rows - row),
                matrix,
                offset + row,
                rows,
                x,
                xOffset,
                y,
                yOffset + row);
          }
        });
  }

  private static int blockLength(int length, int tile, int depth) {
    return (int) Math.min(length, tile * Math.ceilDiv(BLOCK_ELEMENTS, (long) tile * depth));
  }
}
