package taut.core.kernels;

/// The product for a right matrix that is stored transposed and that few rows pass over: it
/// computes the transpose, Cᵀ = Bᵀ·Aᵀ.
///
/// The large matrix is then the left one, which tiles read as it stands. What has to be transposed
/// is the small one, once, and the result, block by block out of the nearest cache: m·(k + n)
/// elements instead of k·n.
final class SwappedMatMul {
  /// The longest sum made in one go, as in [PackedMatMul].
  private static final int MOST_DEPTH = 384;

  /// The columns of the result that are computed before they are transposed.
  private static final int CHUNK = 8 * TileLoop.HEIGHT;

  private static final ThreadBuffer LEFT = new ThreadBuffer();
  private static final ThreadBuffer CHUNKS = new ThreadBuffer();

  private SwappedMatMul() {}

  /// Tells whether a product with B stored transposed is for this class: the rows of A must fill
  /// vectors, all but an eighth, and fewer elements must be left to transpose.
  static boolean suits(int m, int n, int k) {
    long padded = (long) Math.ceilDiv(m, ColumnStrips.LANES) * ColumnStrips.LANES;
    boolean full = m >= ColumnStrips.LANES && 8L * m >= 7 * padded;
    return full && m * ((long) k + n) < (long) k * n;
  }

  /// Computes C = A·B, where B is column-major, C is row-major, and A has at least as many rows as
  /// a vector has lanes.
  static void multiply(int m, int n, int k, StridedMatrix a, StridedMatrix b, StridedMatrix c) {
    ColumnStrips strips = new ColumnStrips(m);
    StridedMatrix left = b.transpose();
    Panels panels = pack(strips, k, a.transpose());
    BlockGrid.of(n, strips, k)
        .forEach((first, end, firstStrip, endStrip) -> {
          float[] chunk = CHUNKS.atLeast(CHUNK * m);
          int column = strips.column(firstStrip);
          int columns = Math.min(m, strips.column(endStrip)) - column;
          for (int row = first; row < end; row += CHUNK) {
            int rows = Math.min(CHUNK, end - row);
            StridedMatrix part = StridedMatrix.of(chunk, 0, rows, m, false);
            for (int i = 0; i < panels.count; i++) {
              int p = i * panels.depth;
              StridedMatrix factor = left.from(row, p);
              TileLoop.multiply(factor, panels.get(i), part, rows, firstStrip, endStrip, p > 0);
            }
            int to = c.index(column, row);
            BlockTranspose.copy(rows, columns, chunk, column, m, c.data(), to, c.rowStep());
          }
        });
  }

  /// A packed matrix of k rows, cut into panels of equal depth, but for the last.
  private record Panels(ColumnStrips strips, int k, int count, int depth, float[] data) {
    RightPanel get(int i) {
      int p = i * depth;
      int offset = ThreadBuffer.ALIGNED + p * strips.column(strips.count());
      return new RightPanel(strips, Math.min(depth, k - p), data, offset, 0, true);
    }
  }

  /// Packs all of a matrix.
  private static Panels pack(ColumnStrips strips, int k, StridedMatrix matrix) {
    float[] buffer = LEFT.atLeast(RightPanel.packedLength(strips, k));
    int count = Math.ceilDiv(k, MOST_DEPTH);
    Panels panels = new Panels(strips, k, count, Math.ceilDiv(k, count), buffer);
    for (int i = 0; i < count; i++) {
      for (int strip = 0; strip < strips.count(); strip++) {
        PanelPacking.pack(matrix.from(i * panels.depth, 0), panels.get(i), strip);
      }
    }
    return panels;
  }
}
