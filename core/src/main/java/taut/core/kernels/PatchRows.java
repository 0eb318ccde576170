package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.load;

import java.util.Arrays;

/// Patches one after the other: for several channels, which are neighbours in memory under each
/// window element, and without dilation along a whole line of the window.
final class PatchRows implements Patches {
  private static final int OUTSIDE = -1;

  private static final ThreadArray<int[]> LINES = new ThreadArray<>(int[]::new);

  private final SpatialPlan plan;
  private final int groupChannels;

  /// How many window elements along the last axis, with their channels, are neighbours in memory.
  private final int together;

  PatchRows(SpatialPlan plan) {
    this.plan = plan;
    this.groupChannels = plan.channels() / plan.groups();
    boolean dense = plan.dilations()[2] == 1 && plan.groups() == 1;
    this.together = dense ? plan.window()[2] : 1;
  }

  @Override
  public int length() {
    return plan.taps() * groupChannels;
  }

  @Override
  public boolean areTransposed() {
    return false;
  }

  @Override
  public boolean areTheInput() {
    boolean still = plan.taps() == 1 && plan.groups() == 1;
    for (int i = 0; i < 3; i++) {
      boolean same = plan.input()[i] == plan.output()[i] && plan.before()[i] == 0;
      still &= same && (plan.strides()[i] == 1 || plan.output()[i] == 1);
    }
    return still;
  }

  @Override
  public void gather(float[] x, int offset, int group, int first, int end, float[] patches) {
    int[] lines = LINES.atLeast(plan.lines());
    int length = length();
    int width = plan.output()[2];
    int patch = 0;
    for (int position = first; position < end; ) {
      findLines(position / width, lines);
      int w = position % width;
      int endOfRow = Math.min(end, position - w + width);
      for (; position < endOfRow; position++, w++, patch += length) {
        gather(x, offset + group * groupChannels, lines, z(w), patches, patch);
      }
    }
  }

  @Override
  public void scatterAdd(float[] patches, int group, int first, int end, float[] sums, int offset) {
    int[] lines = LINES.atLeast(plan.lines());
    int length = length();
    int width = plan.output()[2];
    int patch = 0;
    for (int position = first; position < end; ) {
      findLines(position / width, lines);
      int w = position % width;
      int endOfRow = Math.min(end, position - w + width);
      for (; position < endOfRow; position++, w++, patch += length) {
        scatterAdd(patches, patch, lines, z(w), sums, offset + group * groupChannels);
      }
    }
  }

  /// Returns where along a line of the input the window stands at an output position.
  private int z(int w) {
    return w * plan.strides()[2] - plan.before()[2];
  }

  /// Finds where the lines of the input that the window covers at a row of the output begin.
  private void findLines(int row, int[] lines) {
    int[] input = plan.input();
    int h = row % plan.output()[1];
    int d = row / plan.output()[1] % plan.output()[0];
    int sample = row / plan.output()[1] / plan.output()[0];
    for (int line = 0; line < plan.lines(); line++) {
      int i = line / plan.window()[1];
      int j = line % plan.window()[1];
      int x = d * plan.strides()[0] + i * plan.dilations()[0] - plan.before()[0];
      int y = h * plan.strides()[1] + j * plan.dilations()[1] - plan.before()[1];
      boolean inside = x >= 0 && x < input[0] && y >= 0 && y < input[1];
      lines[line] = inside ? ((sample * input[0] + x) * input[1] + y) * input[2] : OUTSIDE;
    }
  }

  /// Copies one patch.
  private void gather(float[] x, int offset, int[] lines, int z0, float[] patches, int patch) {
    int size = plan.input()[2];
    int width = plan.window()[2];
    int at = patch;
    if (together == width && z0 >= 0 && z0 + width <= size) {
      int length = width * groupChannels;
      for (int i = 0; i < plan.lines(); i++) {
        int line = lines[i];
        if (line == OUTSIDE) {
          zero(patches, at, at + length);
        } else {
          copy(x, offset + (line + z0) * plan.channels(), patches, at, length);
        }
        at += length;
      }
      return;
    }
    for (int i = 0; i < plan.lines(); i++) {
      int line = lines[i];
      for (int k = 0; k < width; k += together) {
        int z = z0 + k * plan.dilations()[2];
        int low = line == OUTSIDE ? together : Math.min(Math.max(0, -z), together);
        int high = Math.max(low, Math.min(size - z, together));
        int inside = at + low * groupChannels;
        int after = at + high * groupChannels;
        int end = at + together * groupChannels;
        zero(patches, at, inside);
        copy(x, offset + (line + z + low) * plan.channels(), patches, inside, after - inside);
        zero(patches, after, end);
        at = end;
      }
    }
  }

  private static void zero(float[] patches, int from, int to) {
    if (from < to) {
      Arrays.fill(patches, from, to, 0f);
    }
  }

  /// Copies whole vectors, whose surplus is overwritten by what comes next: runs are often shorter
  /// than a vector, and a loop over their elements would take longer than the product.
  private static void copy(float[] from, int start, float[] patches, int patch, int length) {
    if (start + length + COUNT > from.length) {
      System.arraycopy(from, length == 0 ? 0 : start, patches, patch, length);
      return;
    }
    for (int i = 0; i < length; i += COUNT) {
      load(from, start + i).intoArray(patches, patch + i);
    }
  }

  /// Adds one patch.
  private void scatterAdd(
      float[] patches, int patch, int[] lines, int z0, float[] sums, int offset) {
    int size = plan.input()[2];
    int width = plan.window()[2];
    int at = patch;
    for (int i = 0; i < plan.lines(); i++) {
      int line = lines[i];
      for (int k = 0; k < width; k += together, at += together * groupChannels) {
        int z = z0 + k * plan.dilations()[2];
        int low = line == OUTSIDE ? together : Math.min(Math.max(0, -z), together);
        int high = Math.max(low, Math.min(size - z, together));
        int start = offset + (line + z + low) * plan.channels();
        add(patches, at + low * groupChannels, sums, start, (high - low) * groupChannels);
      }
    }
  }

  private static void add(float[] patches, int patch, float[] sums, int start, int length) {
    int i = 0;
    for (; i <= length - COUNT; i += COUNT) {
      load(sums, start + i).add(load(patches, patch + i)).intoArray(sums, start + i);
    }
    for (; i < length; i++) {
      sums[start + i] += patches[patch + i];
    }
  }
}
