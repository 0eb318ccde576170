package taut.core.kernels;

import java.util.Arrays;
import java.util.BitSet;

/// The gradient of a convolution's kernel for FLOAT32, as a product of matrices: Pᵀ·C, with P the
/// [Patches] and C the gradient of the output.
///
/// Its sums run over all output positions. They are cut into tiles, and tiles into a few blocks
/// with a partial result each, where the shapes alone say; these are added in their order, so the
/// result is the same bit for bit with any number of threads. [PaddingProducts] keeps padding out
/// where C is not finite.
final class ConvolutionKernelGradient {
  /// So many tiles are enough for an even load.
  private static final int ENOUGH_TILES = 16;

  /// The most partial results, and the most floats that they may take. A kernel beyond this makes
  /// products that are large enough to be shared among threads themselves.
  private static final int MOST_PARTIALS = 8;

  private static final int PARTIAL_FLOATS = 1 << 20;

  private static final ThreadBuffer PARTIALS = new ThreadBuffer();

  private ConvolutionKernelGradient() {}

  /// Computes the gradient from the convolution's input x and the gradient c of its output.
  static void compute(
      SpatialPlan plan,
      float[] x,
      int xOffset,
      float[] c,
      int cOffset,
      float[] out,
      int outOffset) {
    ConvolutionTiles tiles = ConvolutionTiles.of(plan);
    int length = tiles.depth() * tiles.filters();
    int height = tiles.height(tiles.rows(), ENOUGH_TILES);
    int count = Math.ceilDiv(tiles.rows(), height);
    int most = Math.clamp(PARTIAL_FLOATS / Math.max(1, length), 1, MOST_PARTIALS);
    int blocks = Math.clamp(count, 1, most);
    float[] partials = PARTIALS.atLeast(blocks * length);
    PaddingProducts padding = new PaddingProducts(plan);
    tiles.forEach(
        blocks,
        block -> {
          int start = block * length;
          Arrays.fill(partials, start, start + length, 0f);
          int endTile = (int) ((block + 1L) * count / blocks);
          for (int tile = (int) ((long) block * count / blocks); tile < endTile; tile++) {
            int first = tile * height;
            int end = Math.min(tiles.rows(), first + height);
            BitSet spoiled = padding.spoiled(c, cOffset, first, end);
            for (int i = spoiled.nextSetBit(0); i >= 0; i = spoiled.nextSetBit(i + 1)) {
              int output = tile * height + i;
              add(tiles, x, xOffset, c, cOffset, first, output, partials, start);
              padding.addKernelGradient(x, xOffset, c, cOffset, output, partials, start);
              first = output + 1;
            }
            add(tiles, x, xOffset, c, cOffset, first, end, partials, start);
          }
        });
    for (int block = 1; block < blocks; block++) {
      VectorUpdate.add(partials, block * length, partials, 0, length);
    }
    int columns = tiles.groupFilters();
    for (int g = 0; g < tiles.groups(); g++) {
      int from = tiles.kernelStart(g);
      int to = outOffset + g * columns;
      ColumnCopy.copy(tiles.depth(), columns, partials, from, columns, out, to, tiles.filters());
    }
  }

  private static void add(
      ConvolutionTiles tiles,
      float[] x,
      int xOffset,
      float[] c,
      int cOffset,
      int first,
      int end,
      float[] sums,
      int start) {
    int depth = tiles.depth();
    int count = end - first;
    if (count == 0) {
      return;
    }
    Patches patches = tiles.patches();
    boolean direct = patches.areTheInput();
    boolean stored = !patches.areTransposed();
    float[] patch = direct ? x : tiles.patchBuffer(count);
    int from = direct ? xOffset + first * depth : 0;
    int cStart = tiles.columnsOffset(cOffset, first);
    for (int g = 0; g < tiles.groups(); g++) {
      if (!direct) {
        patches.gather(x, xOffset, g, first, end, patch);
      }
      float[] right = tiles.columns(c, cOffset, first, count, g);
      int n = tiles.groupFilters();
      int to = start + tiles.kernelStart(g);
      VectorMatMul.multiply(
          depth, n, count, patch, from, stored, right, cStart, false, sums, to, true);
    }
  }
}
