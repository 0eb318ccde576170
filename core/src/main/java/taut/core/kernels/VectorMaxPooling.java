package taut.core.kernels;

import java.util.Arrays;

/// Maximum pooling and its gradient for FLOAT32.
///
/// Windows that stay inside the input, which is to say without padding, are looked at one after the
/// other, each with its champion in a register ([MaxPoolLoops]); windows over padding as in
/// [VectorPooling]. Rows, and samples where windows may overlap, are shared among threads.
final class VectorMaxPooling {
  private static final ThreadBuffer CHAMPIONS = new ThreadBuffer();
  private static final ThreadArray<int[]> PLACES = new ThreadArray<>(int[]::new);
  private static final Recent<SpatialPlan, int[]> TAPS = new Recent<>();

  private final SpatialPlan plan;
  private final int channels;
  private final int width;
  private final int rowLength;

  VectorMaxPooling(SpatialPlan plan) {
    this.plan = plan;
    this.channels = plan.channels();
    this.width = plan.output()[2];
    this.rowLength = width * channels;
  }

  /// Takes the maximum under each window.
  void forward(float[] x, int xOffset, float[] out, int outOffset) {
    boolean inside = inside();
    int[] taps = TAPS.get(plan, p -> taps());
    Blocks.forEachRow(
        plan.outputRows(),
        workOfRow(),
        (first, rows) -> {
          for (int row = first; row < first + rows; row++) {
            int to = outOffset + row * rowLength;
            if (inside) {
              MaxPoolLoops.maximum(width, channels, x, xOffset + start(row), step(), taps, out, to);
            } else {
              new VectorPooling(plan)
                  .championsOfRow(row, x, xOffset, out, to, PLACES.atLeast(rowLength), 0);
            }
          }
        });
  }

  /// Adds each cotangent to the element that was the maximum, and sets all others to 0.
  void gradient(float[] x, int xOffset, float[] c, int cOffset, float[] out, int outOffset) {
    if (inside() && areApart()) {
      if (!coverAll()) {
        VectorUpdate.fill(0f, out, outOffset, plan.batch() * sampleLength());
      }
      int[] taps = TAPS.get(plan, p -> taps());
      Blocks.forEachRow(
          plan.outputRows(),
          workOfRow(),
          (first, rows) -> {
            for (int row = first; row < first + rows; row++) {
              int at = start(row);
              int from = cOffset + row * rowLength;
              MaxPoolLoops.gradient(
                  width, channels, x, xOffset + at, step(), taps, c, from, out, outOffset + at);
            }
          });
    } else {
      overlapping(x, xOffset, c, cOffset, out, outOffset);
    }
  }

  private void overlapping(
      float[] x, int xOffset, float[] c, int cOffset, float[] out, int outOffset) {
    int length = sampleLength();
    int rowsOfSample = plan.output()[0] * plan.output()[1];
    Blocks.forEachRow(
        plan.batch(),
        Math.max(1, rowsOfSample * workOfRow()),
        (first, samples) -> {
          int start = outOffset + first * length;
          Arrays.fill(out, start, start + samples * length, 0f);
          float[] champions = CHAMPIONS.atLeast(rowLength);
          int[] places = PLACES.atLeast(rowLength);
          for (int row = first * rowsOfSample; row < (first + samples) * rowsOfSample; row++) {
            new VectorPooling(plan).championsOfRow(row, x, xOffset, champions, 0, places, 0);
            int from = cOffset + row * rowLength;
            for (int i = 0; i < rowLength; i++) {
              out[outOffset + places[i]] += c[from + i];
            }
          }
        });
  }

  /// Tells whether no window reaches into padding.
  private boolean inside() {
    boolean inside = true;
    for (int i = 0; i < 3; i++) {
      int last = (plan.output()[i] - 1) * plan.strides()[i] + span(i) - 1;
      inside &= plan.before()[i] == 0 && last < plan.input()[i];
    }
    return inside;
  }

  /// Tells whether no two windows share an element.
  private boolean areApart() {
    boolean apart = true;
    for (int i = 0; i < 3; i++) {
      apart &= plan.strides()[i] >= span(i) || plan.output()[i] == 1;
    }
    return apart;
  }

  /// Tells whether windows that are apart leave no element out.
  private boolean coverAll() {
    boolean all = true;
    for (int i = 0; i < 3; i++) {
      all &= plan.output()[i] * plan.window()[i] == plan.input()[i];
    }
    return all;
  }

  private int span(int i) {
    return (plan.window()[i] - 1) * plan.dilations()[i] + 1;
  }

  /// Returns where in the input the first window of a row of the output begins.
  private int start(int row) {
    int h = row % plan.output()[1];
    int d = row / plan.output()[1] % plan.output()[0];
    int sample = row / plan.output()[1] / plan.output()[0];
    int x = d * plan.strides()[0];
    int y = h * plan.strides()[1];
    return ((sample * plan.input()[0] + x) * plan.input()[1] + y) * plan.input()[2] * channels;
  }

  private int step() {
    return plan.strides()[2] * channels;
  }

  /// Returns how far the elements of a window are from its first one, in order.
  private int[] taps() {
    int[] window = plan.window();
    int[] input = plan.input();
    int[] dilations = plan.dilations();
    int[] taps = new int[plan.taps()];
    for (int t = 0; t < taps.length; t++) {
      int i = t / window[2] / window[1] * dilations[0];
      int j = t / window[2] % window[1] * dilations[1];
      int k = t % window[2] * dilations[2];
      taps[t] = ((i * input[1] + j) * input[2] + k) * channels;
    }
    return taps;
  }

  private int sampleLength() {
    return plan.inputPositions() * channels;
  }

  private int workOfRow() {
    return Math.max(1, rowLength * plan.taps());
  }
}
