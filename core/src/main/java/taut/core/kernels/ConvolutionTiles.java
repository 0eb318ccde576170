package taut.core.kernels;

import java.util.function.IntConsumer;

/// The sizes of the matrix products that make up a convolution, and how they are cut into tiles.
///
/// The cut follows from the shapes alone. A tile of [Patches], with what it is multiplied to, stays
/// in the second cache.
///
/// @param depth the elements of a patch of one group
/// @param groupFilters the filters of one group
/// @param rows the output positions of all samples
record ConvolutionTiles(SpatialPlan plan, Patches patches, int depth, int groupFilters, int rows) {
  /// The floats of a tile: half a megabyte, of the second cache's one or two.
  private static final int TILE_FLOATS = 1 << 17;

  /// The least rows of a tile: with fewer, reading the kernel would take longer than multiplying.
  static final int LEAST_ROWS = 64;

  private static final ThreadBuffer PATCHES = new ThreadBuffer();
  private static final ThreadBuffer GROUP = new ThreadBuffer();

  /// Returns the sizes for a convolution.
  static ConvolutionTiles of(SpatialPlan plan) {
    Patches patches = Patches.of(plan);
    return new ConvolutionTiles(
        plan,
        patches,
        patches.length(),
        plan.filters() / plan.groups(),
        plan.batch() * plan.outputPositions());
  }

  int groups() {
    return plan.groups();
  }

  int filters() {
    return plan.filters();
  }

  /// Returns where the kernel of a group begins, when they stand one after the other.
  int kernelStart(int group) {
    return group * depth * groupFilters;
  }

  /// Returns how many of `count` rows make a tile, if so many tiles are enough for an even load.
  int height(int count, int enough) {
    int fitting = TILE_FLOATS / Math.max(1, depth + groupFilters);
    int even = Math.ceilDiv(count, enough);
    int wanted = Math.max(LEAST_ROWS, Math.min(fitting, even));
    return Math.ceilDiv(wanted, TileLoop.HEIGHT) * TileLoop.HEIGHT;
  }

  /// Returns this thread's buffer for so many patches.
  float[] patchBuffer(int count) {
    return PATCHES.atLeast(count * depth + Patches.SLACK);
  }

  /// Returns this thread's buffer for the columns that one group has of so many output rows.
  float[] groupBuffer(int count) {
    return GROUP.atLeast(count * groupFilters);
  }

  /// Returns an array with the columns that one group has of the output rows from `first` on: the
  /// array itself if there is one group only, and [#columnsOffset] says where in it.
  float[] columns(float[] c, int offset, int first, int count, int group) {
    if (groups() == 1) {
      return c;
    }
    float[] columns = groupBuffer(count);
    int from = offset + first * filters() + group * groupFilters;
    ColumnCopy.copy(count, groupFilters, c, from, filters(), columns, 0, groupFilters);
    return columns;
  }

  /// Returns where in the array of [#columns] they begin.
  int columnsOffset(int offset, int first) {
    return groups() == 1 ? offset + first * filters() : 0;
  }

  /// Runs the blocks, on several threads where there is enough work.
  void forEach(int blocks, IntConsumer body) {
    if (2.0 * rows * depth * filters() < BlockGrid.PARALLEL_FLOPS) {
      for (int block = 0; block < blocks; block++) {
        body.accept(block);
      }
    } else {
      Parallel.forEach(blocks, body);
    }
  }
}
