package taut.core.kernels;

import java.util.Arrays;

/// Convolution and its two gradients for FLOAT32 where each filter sees one channel and each
/// channel has one filter: nothing is summed over channels, so vectors of channels pass along rows
/// of the output, one window element after the other.
///
/// Rows, and samples where windows overlap, are shared among threads. The kernel's gradient is
/// summed in blocks of samples that follow from the shape alone, and these in their order.
final class DepthwiseConvolution {
  /// The most partial sums of a kernel gradient.
  private static final int MOST_PARTIALS = 8;

  private static final ThreadBuffer PARTIALS = new ThreadBuffer();

  private final SpatialPlan plan;
  private final int channels;
  private final int inputStep;

  DepthwiseConvolution(SpatialPlan plan) {
    this.plan = plan;
    this.channels = plan.channels();
    this.inputStep = plan.strides()[2] * channels;
  }

  /// Tells whether a convolution is of this kind, and has channels enough to fill vectors.
  static boolean suits(SpatialPlan plan) {
    boolean depthwise = plan.groups() == plan.channels() && plan.filters() == plan.channels();
    return depthwise && plan.channels() >= Lanes.COUNT;
  }

  /// Computes the convolution of x and the kernel.
  void forward(
      float[] x, int xOffset, float[] kernel, int kernelOffset, float[] out, int outOffset) {
    int rowLength = plan.output()[2] * channels;
    Blocks.forEachRow(
        plan.outputRows(),
        Math.max(1, rowLength * plan.taps()),
        (first, rows) -> {
          int start = outOffset + first * rowLength;
          Arrays.fill(out, start, start + rows * rowLength, 0f);
          for (int row = first; row < first + rows; row++) {
            plan.forEachTapRow(
                row,
                (in, tap, at, count) ->
                    ChannelLoops.multiplyAdd(
                        count,
                        channels,
                        x,
                        xOffset + in * channels,
                        inputStep,
                        kernel,
                        kernelOffset + tap * channels,
                        out,
                        outOffset + at * channels,
                        channels));
          }
        });
  }

  /// Computes the gradient of the input from that of the output.
  void inputGradient(
      float[] c, int cOffset, float[] kernel, int kernelOffset, float[] out, int outOffset) {
    int sampleLength = plan.inputPositions() * channels;
    int work = Math.max(1, plan.outputPositions() * channels * plan.taps());
    Blocks.forEachRow(
        plan.batch(),
        work,
        (first, samples) -> {
          int start = outOffset + first * sampleLength;
          Arrays.fill(out, start, start + samples * sampleLength, 0f);
          int rows = plan.output()[0] * plan.output()[1];
          for (int row = first * rows; row < (first + samples) * rows; row++) {
            plan.forEachTapRow(
                row,
                (in, tap, at, count) ->
                    ChannelLoops.multiplyAdd(
                        count,
                        channels,
                        c,
                        cOffset + at * channels,
                        channels,
                        kernel,
                        kernelOffset + tap * channels,
                        out,
                        outOffset + in * channels,
                        inputStep));
          }
        });
  }

  /// Computes the gradient of the kernel from x and the gradient of the output.
  void kernelGradient(float[] x, int xOffset, float[] c, int cOffset, float[] out, int outOffset) {
    int length = plan.taps() * channels;
    int blocks = Math.clamp(plan.batch(), 1, MOST_PARTIALS);
    int rows = plan.output()[0] * plan.output()[1];
    float[] partials = PARTIALS.atLeast(blocks * length);
    Parallel.forEach(
        blocks,
        block -> {
          int sums = block * length;
          Arrays.fill(partials, sums, sums + length, 0f);
          int first = (int) ((long) block * plan.batch() / blocks) * rows;
          int end = (int) ((block + 1L) * plan.batch() / blocks) * rows;
          for (int row = first; row < end; row++) {
            plan.forEachTapRow(
                row,
                (in, tap, at, count) ->
                    ChannelLoops.addProducts(
                        count,
                        channels,
                        x,
                        xOffset + in * channels,
                        inputStep,
                        c,
                        cOffset + at * channels,
                        channels,
                        partials,
                        sums + tap * channels));
          }
        });
    for (int block = 1; block < blocks; block++) {
      VectorUpdate.add(partials, block * length, partials, 0, length);
    }
    System.arraycopy(partials, 0, out, outOffset, length);
  }
}
