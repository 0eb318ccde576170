package taut.core.kernels;

import java.util.Arrays;

/// Convolution and its two gradients for FLOAT32, as products of matrices.
///
/// With P the [Patches], K the kernel [patch length, filters] and C what comes from the output: the
/// convolution is P·K, the gradient of the kernel Pᵀ·C, and that of the input is C·Kᵀ, each row of
/// it added back to where its patch was copied from. Patches are made for a tile of output
/// positions at a time, which stays in the second cache. Groups are so many convolutions with
/// columns of their own.
///
/// Tiles and blocks of tiles follow from the shapes alone, and partial sums are added in their
/// order, so the results are the same bit for bit with any number of threads. Padding takes part in
/// products as 0: where the other factor is NaN or infinite, forward and kernel gradient are NaN.
final class VectorConvolution {
  /// The floats of a tile, with what it is multiplied to: half a megabyte, of the second cache's
  /// one or two.
  private static final int TILE_FLOATS = 1 << 17;

  /// The least rows of a tile: with fewer, reading the kernel would take longer than multiplying.
  private static final int LEAST_ROWS = 64;

  /// So many tiles are enough for an even load.
  private static final int ENOUGH_TILES = 16;

  /// The most partial sums of a kernel gradient, and the most floats that they may take.
  private static final int MOST_PARTIALS = 8;

  private static final int PARTIAL_FLOATS = 1 << 20;

  private static final ThreadBuffer PATCHES = new ThreadBuffer();
  private static final ThreadBuffer GROUP = new ThreadBuffer();
  private static final ThreadBuffer KERNEL = new ThreadBuffer();
  private static final ThreadBuffer PARTIALS = new ThreadBuffer();

  private final SpatialPlan plan;
  private final Patches patches;
  private final int groups;
  private final int depth;
  private final int filters;
  private final int groupFilters;
  private final int rows;

  VectorConvolution(SpatialPlan plan) {
    this.plan = plan;
    this.patches = new Patches(plan);
    this.groups = plan.groups();
    this.depth = patches.length();
    this.filters = plan.filters();
    this.groupFilters = filters / groups;
    this.rows = plan.batch() * plan.outputPositions();
  }

  /// Computes the convolution of x and the kernel.
  void forward(
      float[] x, int xOffset, float[] kernel, int kernelOffset, float[] out, int outOffset) {
    if (patches.areTheInput()) {
      VectorMatMul.multiply(
          rows,
          filters,
          depth,
          x,
          xOffset,
          false,
          kernel,
          kernelOffset,
          false,
          out,
          outOffset,
          false);
      return;
    }
    float[] kernels = groups == 1 ? kernel : grouped(kernel, kernelOffset);
    int kernelsOffset = groups == 1 ? kernelOffset : 0;
    int height = tileHeight(rows, ENOUGH_TILES);
    forEach(
        Math.ceilDiv(rows, height),
        tile -> {
          int first = tile * height;
          int count = Math.min(height, rows - first);
          float[] patch = PATCHES.atLeast(height * depth + Patches.SLACK);
          float[] result = groups == 1 ? out : GROUP.atLeast(height * groupFilters);
          int resultOffset = groups == 1 ? outOffset + first * filters : 0;
          for (int g = 0; g < groups; g++) {
            patches.gather(x, xOffset, g, first, first + count, patch);
            int from = kernelsOffset + g * depth * groupFilters;
            VectorMatMul.multiply(
                count,
                groupFilters,
                depth,
                patch,
                0,
                false,
                kernels,
                from,
                false,
                result,
                resultOffset,
                false);
            if (groups > 1) {
              int to = outOffset + first * filters + g * groupFilters;
              ColumnCopy.copy(count, groupFilters, result, 0, groupFilters, out, to, filters);
            }
          }
        });
  }

  /// Computes the gradient of the input from that of the output.
  void inputGradient(
      float[] c, int cOffset, float[] kernel, int kernelOffset, float[] out, int outOffset) {
    float[] kernels = transposed(kernel, kernelOffset);
    int positions = plan.outputPositions();
    int samples = Math.max(1, LEAST_ROWS / Math.max(1, positions));
    int sampleLength = plan.inputPositions() * plan.channels();
    int height = tileHeight(samples * positions, 1);
    // Patches overlap, so what adds to one sample stays on one thread.
    forEach(
        Math.ceilDiv(plan.batch(), samples),
        unit -> {
          int sample = unit * samples;
          int endSample = Math.min(plan.batch(), sample + samples);
          Arrays.fill(
              out, outOffset + sample * sampleLength, outOffset + endSample * sampleLength, 0f);
          for (int first = sample * positions; first < endSample * positions; first += height) {
            int end = Math.min(first + height, endSample * positions);
            addInputGradient(c, cOffset, kernels, first, end, out, outOffset);
          }
        });
  }

  private void addInputGradient(
      float[] c, int cOffset, float[] kernels, int first, int end, float[] out, int outOffset) {
    int count = end - first;
    boolean direct = patches.areTheInput();
    float[] patch = direct ? out : PATCHES.atLeast(count * depth);
    int patchOffset = direct ? outOffset + first * depth : 0;
    for (int g = 0; g < groups; g++) {
      float[] group = columns(c, cOffset, first, count, g);
      int groupOffset = groups == 1 ? cOffset + first * filters : 0;
      VectorMatMul.multiply(
          count,
          depth,
          groupFilters,
          group,
          groupOffset,
          false,
          kernels,
          g * depth * groupFilters,
          false,
          patch,
          patchOffset,
          false);
      if (!direct) {
        patches.scatterAdd(patch, g, first, end, out, outOffset);
      }
    }
  }

  /// Computes the gradient of the kernel from x and the gradient of the output.
  void kernelGradient(float[] x, int xOffset, float[] c, int cOffset, float[] out, int outOffset) {
    int length = depth * filters;
    int height = tileHeight(rows, ENOUGH_TILES);
    int tiles = Math.ceilDiv(rows, height);
    int most = Math.clamp(PARTIAL_FLOATS / Math.max(1, length), 1, MOST_PARTIALS);
    int blocks = Math.clamp(tiles, 1, most);
    float[] partials = PARTIALS.atLeast(blocks * length);
    forEach(
        blocks,
        block -> {
          Arrays.fill(partials, block * length, (block + 1) * length, 0f);
          int endTile = (int) ((block + 1L) * tiles / blocks);
          for (int tile = (int) ((long) block * tiles / blocks); tile < endTile; tile++) {
            int first = tile * height;
            int end = Math.min(rows, first + height);
            addKernelGradient(x, xOffset, c, cOffset, first, end, partials, block * length);
          }
        });
    for (int block = 1; block < blocks; block++) {
      VectorUpdate.add(partials, block * length, partials, 0, length);
    }
    for (int g = 0; g < groups; g++) {
      int from = g * depth * groupFilters;
      int to = outOffset + g * groupFilters;
      ColumnCopy.copy(depth, groupFilters, partials, from, groupFilters, out, to, filters);
    }
  }

  private void addKernelGradient(
      float[] x, int xOffset, float[] c, int cOffset, int first, int end, float[] sums, int start) {
    int count = end - first;
    boolean direct = patches.areTheInput();
    float[] patch = direct ? x : PATCHES.atLeast(count * depth + Patches.SLACK);
    int patchOffset = direct ? xOffset + first * depth : 0;
    for (int g = 0; g < groups; g++) {
      if (!direct) {
        patches.gather(x, xOffset, g, first, end, patch);
      }
      float[] group = columns(c, cOffset, first, count, g);
      int groupOffset = groups == 1 ? cOffset + first * filters : 0;
      VectorMatMul.multiply(
          depth,
          groupFilters,
          count,
          patch,
          patchOffset,
          true,
          group,
          groupOffset,
          false,
          sums,
          start + g * depth * groupFilters,
          true);
    }
  }

  /// Returns an array with the columns of c that belong to a group: c itself if there is one group.
  private float[] columns(float[] c, int offset, int first, int count, int g) {
    if (groups == 1) {
      return c;
    }
    float[] group = GROUP.atLeast(count * groupFilters);
    int from = offset + first * filters + g * groupFilters;
    ColumnCopy.copy(count, groupFilters, c, from, filters, group, 0, groupFilters);
    return group;
  }

  /// Returns the kernels of all groups, one after the other.
  private float[] grouped(float[] kernel, int offset) {
    float[] kernels = KERNEL.atLeast(depth * filters);
    for (int g = 0; g < groups; g++) {
      int to = g * depth * groupFilters;
      int from = offset + g * groupFilters;
      ColumnCopy.copy(depth, groupFilters, kernel, from, filters, kernels, to, groupFilters);
    }
    return kernels;
  }

  /// Returns the transposes of the kernels of all groups, one after the other.
  private float[] transposed(float[] kernel, int offset) {
    float[] kernels = KERNEL.atLeast(depth * filters);
    for (int g = 0; g < groups; g++) {
      int to = g * depth * groupFilters;
      int from = offset + g * groupFilters;
      BlockTranspose.copy(depth, groupFilters, kernel, from, filters, kernels, to, depth);
    }
    return kernels;
  }

  private int tileHeight(int count, int enough) {
    int fitting = TILE_FLOATS / Math.max(1, depth + groupFilters);
    int even = Math.ceilDiv(count, enough);
    int wanted = Math.max(LEAST_ROWS, Math.min(fitting, even));
    return Math.ceilDiv(wanted, TileLoop.HEIGHT) * TileLoop.HEIGHT;
  }

  /// Runs the blocks on several threads where there is enough work.
  private void forEach(int blocks, java.util.function.IntConsumer body) {
    if (2.0 * rows * depth * filters < BlockGrid.PARALLEL_FLOPS) {
      for (int block = 0; block < blocks; block++) {
        body.accept(block);
      }
    } else {
      Parallel.forEach(blocks, body);
    }
  }
}
