package taut.bench.matmul;

import java.util.Arrays;
import taut.core.kernels.Parallel;

/// Step 6, threads: blocks of rows of C, which have nothing to do with each other, are handed out
/// to the cores, and so are the strips to be packed.
public final class ManyThreads {
  /// The rows of a block: enough to pay for handing it out, few enough for an even load.
  private static final int BLOCK = 64;

  private ManyThreads() {}

  /// Computes C = A·B; see [MatrixProduct].
  public static void multiply(int m, int n, int k, float[] a, float[] b, float[] c) {
    Arrays.fill(c, 0, m * n, 0f);
    int width = RegisterTile.COLUMNS;
    int rows = m - m % RegisterTile.ROWS;
    int columns = n - n % width;
    float[] panel = new float[PackedPanels.ALIGNED + PackedPanels.DEPTH * columns];
    for (int first = 0; first < k; first += PackedPanels.DEPTH) {
      int p = first;
      int depth = Math.min(PackedPanels.DEPTH, k - p);
      Parallel.forEach(
          columns / width,
          strip -> {
            int j = strip * width;
            int to = PackedPanels.ALIGNED + j * depth;
            PackedPanels.packStrip(depth, b, p * n + j, n, panel, to);
          });
      Parallel.forEach(
          Math.ceilDiv(rows, BLOCK),
          block -> {
            int row = block * BLOCK;
            int end = Math.min(rows, row + BLOCK);
            PackedPanels.addPanel(row, end, columns, p, depth, n, k, a, panel, c);
          });
    }
    RegisterTile.addEdges(rows, columns, m, n, k, a, b, c);
  }
}
