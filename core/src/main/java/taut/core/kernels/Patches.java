package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.load;

import java.util.Arrays;

/// The patches of a convolution: a matrix with a row for each output position, which holds the
/// input elements under the window there, in the order of the kernel's rows, and 0 over padding.
///
/// A convolution is then the product of patches and kernel, and its gradients are products too: K.
/// Chellapilla, S. Puri and P. Simard, "High performance convolutional neural networks for document
/// processing" (2006). The matrix is as many times larger than the input as the window has
/// elements, so it is never made as a whole, only some rows at a time.
final class Patches {
  /// The floats that must be free behind the patches in a buffer: copies end with a whole vector.
  static final int SLACK = COUNT;

  private final SpatialPlan plan;
  private final int groupChannels;

  /// How many window elements along the last axis, with their channels, are neighbours in memory.
  private final int together;

  Patches(SpatialPlan plan) {
    this.plan = plan;
    this.groupChannels = plan.channels() / plan.groups();
    boolean dense = plan.dilations()[2] == 1 && plan.groups() == 1;
    this.together = dense ? plan.window()[2] : 1;
  }

  /// Returns the number of elements in a patch of one group.
  int length() {
    return plan.taps() * groupChannels;
  }

  /// Tells whether the patches are the input itself.
  boolean areTheInput() {
    boolean still = plan.taps() == 1 && plan.groups() == 1;
    for (int i = 0; i < 3; i++) {
      boolean same = plan.input()[i] == plan.output()[i] && plan.before()[i] == 0;
      still &= same && (plan.strides()[i] == 1 || plan.output()[i] == 1);
    }
    return still;
  }

  /// Copies the patches of a group, from output position `first` to before `end`, counted over all
  /// samples, to the start of a buffer.
  void gather(float[] x, int offset, int group, int first, int end, float[] patches) {
    forEachRun(group, first, end, new Gathering(x, offset, patches));
  }

  /// Adds such patches to the input elements that they were copied from.
  void scatterAdd(float[] patches, int group, int first, int end, float[] sums, int offset) {
    forEachRun(group, first, end, new Scattering(patches, sums, offset));
  }

  /// Takes the runs of neighbouring elements that patches consist of, from first to last.
  private interface Run {
    /// Works on elements of the input.
    void inside(int patch, int input, int length);

    /// Works on elements of the padding.
    void outside(int patch, int length);
  }

  private void forEachRun(int group, int first, int end, Run run) {
    int[] output = plan.output();
    int length = length();
    for (int position = first, patch = 0; position < end; position++, patch += length) {
      int w = position % output[2];
      int row = position / output[2];
      int h = row % output[1];
      int d = row / output[1] % output[0];
      int sample = row / output[1] / output[0];
      forEachRun(sample, d, h, w, group * groupChannels, patch, run);
    }
  }

  private void forEachRun(int sample, int d, int h, int w, int channel, int patch, Run run) {
    int[] input = plan.input();
    int[] window = plan.window();
    int[] dilations = plan.dilations();
    int x0 = d * plan.strides()[0] - plan.before()[0];
    int y0 = h * plan.strides()[1] - plan.before()[1];
    int z0 = w * plan.strides()[2] - plan.before()[2];
    int at = patch;
    int lineLength = window[2] * groupChannels;
    for (int i = 0; i < window[0]; i++) {
      int x = x0 + i * dilations[0];
      for (int j = 0; j < window[1]; j++, at += lineLength) {
        int y = y0 + j * dilations[1];
        if (x < 0 || x >= input[0] || y < 0 || y >= input[1]) {
          run.outside(at, lineLength);
          continue;
        }
        int line = ((sample * input[0] + x) * input[1] + y) * input[2];
        for (int k = 0; k < window[2]; k += together) {
          alongLine(line, z0 + k * dilations[2], channel, at + k * groupChannels, run);
        }
      }
    }
  }

  /// Visits `together` window elements, of which some may be over padding.
  private void alongLine(int line, int z, int channel, int at, Run run) {
    int low = Math.clamp(-z, 0, together);
    int high = Math.clamp(plan.input()[2] - z, low, together);
    if (low > 0) {
      run.outside(at, low * groupChannels);
    }
    if (low < high) {
      int from = (line + z + low) * plan.channels() + channel;
      run.inside(at + low * groupChannels, from, (high - low) * groupChannels);
    }
    if (high < together) {
      run.outside(at + high * groupChannels, (together - high) * groupChannels);
    }
  }

  /// Copies whole vectors, whose surplus the next run overwrites: runs are often shorter than a
  /// vector, and a loop over their elements would take longer than the product.
  private record Gathering(float[] from, int offset, float[] patches) implements Run {
    @Override
    public void inside(int patch, int input, int length) {
      int start = offset + input;
      if (start + length + COUNT > from.length) {
        System.arraycopy(from, start, patches, patch, length);
        return;
      }
      for (int i = 0; i < length; i += COUNT) {
        load(from, start + i).intoArray(patches, patch + i);
      }
    }

    @Override
    public void outside(int patch, int length) {
      Arrays.fill(patches, patch, patch + length, 0f);
    }
  }

  private record Scattering(float[] patches, float[] sums, int offset) implements Run {
    @Override
    public void inside(int patch, int input, int length) {
      int start = offset + input;
      int i = 0;
      for (; i <= length - COUNT; i += COUNT) {
        load(sums, start + i).add(load(patches, patch + i)).intoArray(sums, start + i);
      }
      for (; i < length; i++) {
        sums[start + i] += patches[patch + i];
      }
    }

    @Override
    public void outside(int patch, int length) {
      // The input has no elements there.
    }
  }
}
