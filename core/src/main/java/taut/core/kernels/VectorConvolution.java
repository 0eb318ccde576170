package taut.core.kernels;

import java.util.Arrays;

/// Convolution and the gradient of its input for FLOAT32, as products of matrices.
///
/// With P the [Patches], K the kernel [patch length, filters] and C what comes from the output, the
/// convolution is P·K, and the gradient of the input is C·Kᵀ, each row of it added back to where
/// its patch was copied from. Groups are so many convolutions with columns of their own.
///
/// Tiles follow from the shapes alone and are independent or added in their order, so the results
/// are the same bit for bit with any number of threads. [PaddingProducts] keeps padding out where
/// the kernel is not finite; the input's gradient never reads what is over padding.
final class VectorConvolution {
  /// So many tiles are enough for an even load.
  private static final int ENOUGH_TILES = 16;

  private static final ThreadBuffer KERNELS = new ThreadBuffer();

  private final SpatialPlan plan;
  private final ConvolutionTiles tiles;
  private final Patches patches;
  private final int groups;
  private final int depth;
  private final int filters;
  private final int columns;

  VectorConvolution(SpatialPlan plan) {
    this.plan = plan;
    this.tiles = ConvolutionTiles.of(plan);
    this.patches = tiles.patches();
    this.groups = plan.groups();
    this.depth = tiles.depth();
    this.filters = plan.filters();
    this.columns = tiles.groupFilters();
  }

  /// Computes the convolution of x and the kernel.
  void forward(
      float[] x, int xOffset, float[] kernel, int kernelOffset, float[] out, int outOffset) {
    int m = tiles.rows();
    if (patches.areTheInput()) {
      VectorMatMul.multiply(
          m, filters, depth, x, xOffset, false, kernel, kernelOffset, false, out, outOffset, false);
      return;
    }
    float[] kernels = groups == 1 ? kernel : grouped(kernel, kernelOffset);
    int kernelsOffset = groups == 1 ? kernelOffset : 0;
    int height = tiles.height(m, ENOUGH_TILES);
    PaddingProducts padding = new PaddingProducts(plan);
    boolean spoiled = padding.spoil(kernel, kernelOffset, depth * filters);
    tiles.forEach(
        Math.ceilDiv(m, height),
        tile -> {
          int first = tile * height;
          int end = Math.min(m, first + height);
          for (int g = 0; g < groups; g++) {
            float[] patch = tiles.patchBuffer(height);
            patches.gather(x, xOffset, g, first, end, patch);
            int from = kernelsOffset + tiles.kernelStart(g);
            multiplyTile(patch, g, first, end - first, kernels, from, out, outOffset);
          }
          if (spoiled) {
            padding.convolve(x, xOffset, kernel, kernelOffset, first, end, out, outOffset);
          }
        });
  }

  private void multiplyTile(
      float[] patch,
      int g,
      int first,
      int count,
      float[] kernels,
      int from,
      float[] out,
      int outOffset) {
    float[] result = groups == 1 ? out : tiles.groupBuffer(count);
    int start = tiles.columnsOffset(outOffset, first);
    boolean transposed = patches.areTransposed();
    VectorMatMul.multiply(
        count, columns, depth, patch, 0, transposed, kernels, from, false, result, start, false);
    if (groups > 1) {
      int to = outOffset + first * filters + g * columns;
      ColumnCopy.copy(count, columns, result, 0, columns, out, to, filters);
    }
  }

  /// Computes the gradient of the input from that of the output.
  void inputGradient(
      float[] c, int cOffset, float[] kernel, int kernelOffset, float[] out, int outOffset) {
    float[] kernels = transposed(kernel, kernelOffset);
    int positions = plan.outputPositions();
    int samples = Math.max(1, ConvolutionTiles.LEAST_ROWS / Math.max(1, positions));
    int length = plan.inputPositions() * plan.channels();
    int height = tiles.height(samples * positions, 1);
    // Patches overlap, so what adds to one sample stays on one thread.
    tiles.forEach(
        Math.ceilDiv(plan.batch(), samples),
        unit -> {
          int sample = unit * samples;
          int endSample = Math.min(plan.batch(), sample + samples);
          Arrays.fill(out, outOffset + sample * length, outOffset + endSample * length, 0f);
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
    float[] patch = direct ? out : tiles.patchBuffer(count);
    int to = direct ? outOffset + first * depth : 0;
    int start = tiles.columnsOffset(cOffset, first);
    for (int g = 0; g < groups; g++) {
      float[] left = tiles.columns(c, cOffset, first, count, g);
      int from = tiles.kernelStart(g);
      if (patches.areTransposed()) {
        VectorMatMul.multiply(
            depth, count, columns, kernels, from, true, left, start, true, patch, to, false);
      } else {
        VectorMatMul.multiply(
            count, depth, columns, left, start, false, kernels, from, false, patch, to, false);
      }
      if (!direct) {
        patches.scatterAdd(patch, g, first, end, out, outOffset);
      }
    }
  }

  /// Returns the kernels of all groups, one after the other.
  private float[] grouped(float[] kernel, int offset) {
    float[] kernels = KERNELS.atLeast(depth * filters);
    for (int g = 0; g < groups; g++) {
      int from = offset + g * columns;
      ColumnCopy.copy(
          depth, columns, kernel, from, filters, kernels, tiles.kernelStart(g), columns);
    }
    return kernels;
  }

  /// Returns the transposes of the kernels of all groups, one after the other.
  private float[] transposed(float[] kernel, int offset) {
    float[] kernels = KERNELS.atLeast(depth * filters);
    for (int g = 0; g < groups; g++) {
      int from = offset + g * columns;
      BlockTranspose.copy(
          depth, columns, kernel, from, filters, kernels, tiles.kernelStart(g), depth);
    }
    return kernels;
  }
}
