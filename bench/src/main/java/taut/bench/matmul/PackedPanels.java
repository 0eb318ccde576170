package taut.bench.matmul;

import java.util.Arrays;

/// Step 5, packing: some rows of B at a time are copied into the order in which the tiles read
/// them.
public final class PackedPanels {
  /// The rows of B that are packed at a time.
  static final int DEPTH = 256;

  /// Where packed elements begin. The elements of an array start 16 bytes into the object, so 12
  /// floats on is a multiple of 64 bytes, and no vector lies across two cache lines.
  static final int ALIGNED = 12;

  private PackedPanels() {}

  /// Computes C = A·B; see [MatrixProduct].
  public static void multiply(int m, int n, int k, float[] a, float[] b, float[] c) {
    Arrays.fill(c, 0, m * n, 0f);
    int rows = m - m % RegisterTile.ROWS;
    int columns = n - n % RegisterTile.COLUMNS;
    float[] panel = new float[ALIGNED + DEPTH * columns];
    for (int p = 0; p < k; p += DEPTH) {
      int depth = Math.min(DEPTH, k - p);
      for (int j = 0; j < columns; j += RegisterTile.COLUMNS) {
        packStrip(depth, b, p * n + j, n, panel, ALIGNED + j * depth);
      }
      addPanel(0, rows, columns, p, depth, n, k, a, panel, c);
    }
    RegisterTile.addEdges(rows, columns, m, n, k, a, b, c);
  }

  /// Copies `depth` rows of B, cut to the width of a tile, one behind the other.
  static void packStrip(int depth, float[] b, int from, int n, float[] panel, int to) {
    for (int row = 0; row < depth; row++) {
      System.arraycopy(
          b, from + row * n, panel, to + row * RegisterTile.COLUMNS, RegisterTile.COLUMNS);
    }
  }

  /// Adds the terms from the p-th on, as many as the panel is deep, to some rows of C.
  static void addPanel(
      int firstRow,
      int endRow,
      int columns,
      int p,
      int depth,
      int n,
      int k,
      float[] a,
      float[] panel,
      float[] c) {
    int width = RegisterTile.COLUMNS;
    for (int j = 0; j < columns; j += width) {
      int strip = ALIGNED + j * depth;
      for (int i = firstRow; i < endRow; i += RegisterTile.ROWS) {
        RegisterTile.tile(depth, a, i * k + p, k, panel, strip, width, c, i * n + j, n);
      }
    }
  }
}
