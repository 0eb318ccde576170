package taut.core.kernels;

/// Covers a block of a product with tiles, strip by strip: the strip of the right matrix stays in
/// the nearest cache while the rows of the left one pass by.
final class TileLoop {
  /// The rows of the largest tile.
  static final int HEIGHT = Tile8x3.ROWS;

  /// Whether the machine has 32 vector registers: all that Java runs on but x86 without AVX-512.
  private static final boolean MANY_REGISTERS =
      ColumnStrips.LANES >= 16 || !System.getProperty("os.arch", "").matches("amd64|x86_64");

  private TileLoop() {}

  /// Computes the block C = A·B, or adds it to C.
  ///
  /// @param a the left matrix, from the block's first row, with as many columns as the panel has
  ///   rows
  /// @param b the right matrix
  /// @param c the result, from the block's first row
  static void multiply(
      StridedMatrix a,
      RightPanel b,
      StridedMatrix c,
      int rows,
      int firstStrip,
      int endStrip,
      boolean accumulate) {
    for (int index = firstStrip; index < endStrip; index++) {
      RightStrip strip = b.strip(index);
      switch (strip.vectors()) {
        case 3 -> three(a, rows, strip, c, accumulate);
        case 2 -> two(a, rows, strip, c, accumulate);
        default -> one(a, rows, strip, c, accumulate);
      }
    }
  }

  private static void three(
      StridedMatrix a, int rows, RightStrip b, StridedMatrix c, boolean accumulate) {
    int row = 0;
    if (MANY_REGISTERS) {
      for (; row + Tile4x3.ROWS < rows; row += Tile8x3.ROWS) {
        Tile8x3.multiply(a, row, Math.min(Tile8x3.ROWS, rows - row), b, c, accumulate);
      }
    }
    for (; row < rows; row += Tile4x3.ROWS) {
      Tile4x3.multiply(a, row, Math.min(Tile4x3.ROWS, rows - row), b, c, accumulate);
    }
  }

  private static void two(
      StridedMatrix a, int rows, RightStrip b, StridedMatrix c, boolean accumulate) {
    int row = 0;
    if (MANY_REGISTERS) {
      for (; row + Tile4x2.ROWS < rows; row += Tile8x2.ROWS) {
        Tile8x2.multiply(a, row, Math.min(Tile8x2.ROWS, rows - row), b, c, accumulate);
      }
    }
    for (; row < rows; row += Tile4x2.ROWS) {
      Tile4x2.multiply(a, row, Math.min(Tile4x2.ROWS, rows - row), b, c, accumulate);
    }
  }

  private static void one(
      StridedMatrix a, int rows, RightStrip b, StridedMatrix c, boolean accumulate) {
    for (int row = 0; row < rows; row += Tile8x1.ROWS) {
      Tile8x1.multiply(a, row, Math.min(Tile8x1.ROWS, rows - row), b, c, accumulate);
    }
  }
}
