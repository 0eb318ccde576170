package taut.core.kernels;

/// The product that first packs the right matrix, panel by panel, strip after strip: for large
/// matrices, for a right matrix stored transposed, and for fewer columns than a vector has lanes.
///
/// This is the scheme of K. Goto and R. van de Geijn, "Anatomy of high-performance matrix
/// multiplication" (2008), without its packing of the left matrix: a tile reads that one element by
/// element, eight streams at a time, and packing it gained nothing on any shape.
final class PackedMatMul {
  /// The most rows of a panel. A strip of three vectors then takes 72 KB at 512 bits: it streams
  /// from the second cache, and the result is read and written once in so many steps.
  private static final int MOST_DEPTH = 384;

  /// The most columns of a panel, a whole number of widest strips: 2.4 MB at 512 bits.
  private static final int MOST_COLUMNS = 32 * ColumnStrips.WIDEST * ColumnStrips.LANES;

  private static final ThreadBuffer PANEL = new ThreadBuffer();
  private static final ThreadBuffer NARROW_RESULT = new ThreadBuffer();

  private PackedMatMul() {}

  /// Computes C = A·B or C += A·B, where A has m rows and k columns, B has n columns and C is
  /// row-major.
  static void multiply(
      int m, int n, int k, StridedMatrix a, StridedMatrix b, StridedMatrix c, boolean accumulate) {
    int pieces = (k + MOST_DEPTH - 1) / MOST_DEPTH;
    int depth = (k + pieces - 1) / pieces;
    for (int column = 0; column < n; column += MOST_COLUMNS) {
      ColumnStrips strips = new ColumnStrips(Math.min(MOST_COLUMNS, n - column));
      for (int p = 0; p < k; p += depth) {
        int rows = Math.min(depth, k - p);
        float[] buffer = PANEL.atLeast(RightPanel.packedLength(strips, rows));
        RightPanel panel = RightPanel.packed(strips, rows, buffer);
        BlockGrid grid = BlockGrid.of(m, strips, rows);
        pack(b.from(p, column), panel, grid.isOneBlock());
        multiplyPanel(grid, a.from(0, p), panel, c.from(0, column), accumulate || p > 0);
      }
    }
  }

  private static void pack(StridedMatrix b, RightPanel panel, boolean alone) {
    int strips = panel.strips().count();
    if (alone) {
      for (int strip = 0; strip < strips; strip++) {
        PanelPacking.pack(b, panel, strip);
      }
    } else {
      Parallel.forEach(strips, strip -> PanelPacking.pack(b, panel, strip));
    }
  }

  private static void multiplyPanel(
      BlockGrid grid, StridedMatrix a, RightPanel panel, StridedMatrix c, boolean accumulate) {
    boolean narrow = panel.strips().areNarrow();
    grid.forEach((firstRow, endRow, firstStrip, endStrip) -> {
      StridedMatrix left = a.from(firstRow, 0);
      StridedMatrix result = c.from(firstRow, 0);
      if (narrow) {
        multiplyNarrow(left, panel, result, endRow - firstRow, accumulate);
      } else {
        TileLoop.multiply(left, panel, result, endRow - firstRow, firstStrip, endStrip, accumulate);
      }
    });
  }

  /// Fewer columns than lanes: a tile writes whole vectors, each row's surplus lanes where the next
  /// row will stand, into a buffer that has room for the last row's.
  private static void multiplyNarrow(
      StridedMatrix a, RightPanel panel, StridedMatrix c, int rows, boolean accumulate) {
    int length = rows * panel.strips().columns();
    float[] buffer = NARROW_RESULT.atLeast(length + ColumnStrips.LANES);
    StridedMatrix result = new StridedMatrix(buffer, 0, panel.strips().columns(), 1);
    TileLoop.multiply(a, panel, result, rows, 0, 1, false);
    if (accumulate) {
      for (int i = 0; i < length; i++) {
        c.data()[c.offset() + i] += buffer[i];
      }
    } else {
      System.arraycopy(buffer, 0, c.data(), c.offset(), length);
    }
  }
}
