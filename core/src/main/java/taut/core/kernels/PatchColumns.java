package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.load;

import java.util.Arrays;

/// The first elements of all patches, then their second ones, and so on: for a single channel a
/// group, where what neighbouring patches hold under one window element are neighbours in memory.
final class PatchColumns implements Patches {
  private final SpatialPlan plan;

  PatchColumns(SpatialPlan plan) {
    this.plan = plan;
  }

  @Override
  public int length() {
    return plan.taps();
  }

  @Override
  public boolean areTransposed() {
    return true;
  }

  @Override
  public boolean areTheInput() {
    return false;
  }

  @Override
  public void gather(float[] x, int offset, int group, int first, int end, float[] patches) {
    forEachRun(group, first, end, new Gathering(x, offset, patches));
  }

  @Override
  public void scatterAdd(float[] patches, int group, int first, int end, float[] sums, int offset) {
    forEachRun(group, first, end, new Scattering(patches, sums, offset));
  }

  /// Takes the runs that one window element makes along rows of the output, from first to last.
  private interface Run {
    /// Works on elements of the input, `step` apart.
    void inside(int patch, int input, int step, int count);

    /// Works on elements of the padding.
    void outside(int patch, int count);
  }

  private void forEachRun(int group, int first, int end, Run run) {
    int at = 0;
    for (int i = 0; i < plan.window()[0]; i++) {
      for (int j = 0; j < plan.window()[1]; j++) {
        for (int k = 0; k < plan.window()[2]; k++, at += end - first) {
          forEachRun(i, j, k, group, first, end, at, run);
        }
      }
    }
  }

  /// Visits what one window element meets; no division in the loop, which would take longer than
  /// copying a short row.
  private void forEachRun(int i, int j, int k, int group, int first, int end, int at, Run run) {
    int[] input = plan.input();
    int[] output = plan.output();
    int stride = plan.strides()[2];
    int step = stride * plan.channels();
    int shift = k * plan.dilations()[2] - plan.before()[2];
    int low = Math.max(0, Math.ceilDiv(-shift, stride));
    int high = Math.min(output[2], Math.ceilDiv(input[2] - shift, stride));
    int row = first / output[2];
    int h = row % output[1];
    int d = row / output[1] % output[0];
    int sample = row / output[1] / output[0];
    int patch = at;
    for (int position = row * output[2]; position < end; position += output[2]) {
      int x = d * plan.strides()[0] + i * plan.dilations()[0] - plan.before()[0];
      int y = h * plan.strides()[1] + j * plan.dilations()[1] - plan.before()[1];
      boolean inside = x >= 0 && x < input[0] && y >= 0 && y < input[1];
      int from = Math.max(0, first - position);
      int to = Math.min(output[2], end - position);
      int begin = inside ? Math.clamp(low, from, to) : to;
      int stop = inside ? Math.clamp(high, begin, to) : to;
      if (from < begin) {
        run.outside(patch, begin - from);
      }
      if (begin < stop) {
        int line = ((sample * input[0] + x) * input[1] + y) * input[2];
        int start = (line + shift + begin * stride) * plan.channels() + group;
        run.inside(patch + begin - from, start, step, stop - begin);
      }
      if (stop < to) {
        run.outside(patch + stop - from, to - stop);
      }
      patch += to - from;
      if (++h == output[1]) {
        h = 0;
        if (++d == output[0]) {
          d = 0;
          sample++;
        }
      }
    }
  }

  private record Gathering(float[] from, int offset, float[] patches) implements Run {
    @Override
    public void inside(int patch, int input, int step, int count) {
      int start = offset + input;
      if (step == 1 && start + count + COUNT <= from.length) {
        // The surplus of the last vector is overwritten by the next run.
        for (int i = 0; i < count; i += COUNT) {
          load(from, start + i).intoArray(patches, patch + i);
        }
        return;
      }
      for (int i = 0; i < count; i++) {
        patches[patch + i] = from[start + i * step];
      }
    }

    @Override
    public void outside(int patch, int count) {
      Arrays.fill(patches, patch, patch + count, 0f);
    }
  }

  private record Scattering(float[] patches, float[] sums, int offset) implements Run {
    @Override
    public void inside(int patch, int input, int step, int count) {
      int start = offset + input;
      int i = 0;
      if (step == 1) {
        for (; i <= count - COUNT; i += COUNT) {
          load(sums, start + i).add(load(patches, patch + i)).intoArray(sums, start + i);
        }
      }
      for (; i < count; i++) {
        sums[start + i * step] += patches[patch + i];
      }
    }

    @Override
    public void outside(int patch, int count) {
      // The input has no elements there.
    }
  }
}
