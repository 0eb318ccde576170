package taut.core.kernels;

/// How the result of a product is cut into blocks of rows and strips, each computed by one thread.
///
/// The cut depends on the shape alone. It could not change a result anyway: each element is summed
/// in the same order whatever block it falls into.
///
/// @param height the rows of a block
/// @param width the strips of a block
record BlockGrid(int rows, int strips, int height, int width) {
  /// Below this many floating-point operations (some 15 µs) a product stays on its thread: handing
  /// half of it to another takes 1 to 2 µs, and the caches have to follow.
  static final double PARALLEL_FLOPS = 2e6;

  /// A block of fewer operations is not worth the handing out.
  private static final double LEAST_FLOPS = 5e5;

  /// A block of more would leave the threads unevenly loaded at the end.
  private static final double MOST_FLOPS = 1.6e7;

  /// So many blocks of rows are enough for an even load,
  private static final int ENOUGH = 8;

  /// and so many rows enough to pay for bringing a strip into the nearest cache.
  private static final int ENOUGH_ROWS = 64;

  /// Few rows are not cut where there are so many strips: each strip is then read by one thread,
  /// once.
  private static final int ENOUGH_STRIPS = 5;

  /// Returns the grid for so many rows, and for columns cut into `strips`, with sums of length k.
  static BlockGrid of(int rows, ColumnStrips strips, int k) {
    int count = strips.count();
    double rowFlops = 2.0 * strips.columns() * k;
    if (rowFlops * rows < PARALLEL_FLOPS) {
      return new BlockGrid(rows, count, rows, count);
    }
    if (rows <= ENOUGH_ROWS && count >= ENOUGH_STRIPS) {
      int width = (int) Math.clamp(Math.ceil(LEAST_FLOPS * count / (rowFlops * rows)), 1, count);
      return new BlockGrid(rows, count, rows, width);
    }
    double wanted = Math.max(LEAST_FLOPS / rowFlops, Math.min(ENOUGH_ROWS, rows / ENOUGH));
    int height = (int) Math.min(rows, TileLoop.HEIGHT * Math.ceil(wanted / TileLoop.HEIGHT));
    double stripFlops = rowFlops * height / count;
    int width = (int) Math.clamp(Math.ceil(MOST_FLOPS / stripFlops), 1, count);
    return new BlockGrid(rows, count, height, width);
  }

  /// Tells whether the grid is a single block, computed where it is called.
  boolean isOneBlock() {
    return height >= rows && width >= strips;
  }

  /// What computes one block.
  interface Block {
    /// Computes the rows from `firstRow` to before `endRow` in the strips from `firstStrip` to
    /// before `endStrip`.
    void compute(int firstRow, int endRow, int firstStrip, int endStrip);
  }

  /// Computes every block, on several threads if there is more than one.
  void forEach(Block block) {
    int rowBlocks = (rows + height - 1) / height;
    int stripBlocks = (strips + width - 1) / width;
    // Blocks that follow each other read the same strips.
    Parallel.forEach(
        rowBlocks * stripBlocks,
        index -> {
          int row = index % rowBlocks * height;
          int strip = index / rowBlocks * width;
          block.compute(row, Math.min(rows, row + height), strip, Math.min(strips, strip + width));
        });
  }
}
