package taut.core.kernels;

/// The sizes of a convolution or pooling, always with three spatial axes: what has fewer gets
/// leading ones of size 1.
///
/// The input is [batch, depth, height, width, channels], the kernel [depth, height, width, channels
/// / groups, filters], the output [batch, depth, height, width, filters]. Each array holds the
/// value for depth, height and width.
///
/// @param batch the number of samples
/// @param input the spatial sizes of the input
/// @param channels the channels of the input
/// @param window the spatial sizes of the kernel or pooling window
/// @param output the spatial sizes of the output
/// @param filters the channels of the output
/// @param strides how far the window moves from one output element to the next
/// @param dilations the distance between neighbouring window elements
/// @param before how many elements of padding stand before the input
/// @param groups into how many groups the channels and filters fall; each filter sees its own group
///   of channels only
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody; the loops want arrays.
public record SpatialPlan(
    int batch,
    int[] input,
    int channels,
    int[] window,
    int[] output,
    int filters,
    int[] strides,
    int[] dilations,
    int[] before,
    int groups) {
  /// Takes one pair of places that a window connects: spatial positions, counted over batch and all
  /// spatial axes, and the place in the window.
  public interface Tap {
    /// Works on one pair.
    void connect(int inputPosition, int windowPosition, int outputPosition);
  }

  /// Visits, for every output position, the input positions under the window that are no padding,
  /// in order.
  public void forEachTap(Tap tap) {
    for (int b = 0; b < batch; b++) {
      for (int d = 0; d < output[0]; d++) {
        for (int h = 0; h < output[1]; h++) {
          for (int w = 0; w < output[2]; w++) {
            forEachTap(b, d, h, w, tap);
          }
        }
      }
    }
  }

  private void forEachTap(int b, int d, int h, int w, Tap tap) {
    int out = ((b * output[0] + d) * output[1] + h) * output[2] + w;
    for (int i = 0; i < window[0]; i++) {
      int x = d * strides[0] + i * dilations[0] - before[0];
      for (int j = 0; j < window[1]; j++) {
        int y = h * strides[1] + j * dilations[1] - before[1];
        for (int k = 0; k < window[2]; k++) {
          int z = w * strides[2] + k * dilations[2] - before[2];
          boolean inside =
              x >= 0 && x < input[0] && y >= 0 && y < input[1] && z >= 0 && z < input[2];
          if (inside) {
            int in = ((b * input[0] + x) * input[1] + y) * input[2] + z;
            tap.connect(in, (i * window[1] + j) * window[2] + k, out);
          }
        }
      }
    }
  }

  /// Takes one product of a convolution: the places of its input, kernel and output elements.
  public interface Product {
    /// Works on one product.
    void visit(int input, int kernel, int output);
  }

  /// Visits every product that a convolution sums.
  public void forEachProduct(Product product) {
    int groupChannels = channels / groups;
    int groupFilters = filters / groups;
    forEachTap((in, at, out) -> {
      for (int f = 0; f < filters; f++) {
        int first = f / groupFilters * groupChannels;
        for (int c = 0; c < groupChannels; c++) {
          product.visit(
              in * channels + first + c, (at * groupChannels + c) * filters + f, out * filters + f);
        }
      }
    });
  }

  /// Visits what [#forEachTap] visits for one output position, counted over all samples.
  void forEachTapAt(int position, Tap tap) {
    int row = position / output[2];
    int plane = row / output[1];
    forEachTap(plane / output[0], plane % output[0], row % output[1], position % output[2], tap);
  }

  /// Returns the number of elements under the window.
  int taps() {
    return window[0] * window[1] * window[2];
  }

  /// Returns the number of lines along the last axis that the window covers.
  int lines() {
    return window[0] * window[1];
  }

  /// Returns the number of spatial positions of one sample's input.
  int inputPositions() {
    return input[0] * input[1] * input[2];
  }

  /// Returns the number of spatial positions of one sample's output.
  int outputPositions() {
    return output[0] * output[1] * output[2];
  }

  /// Returns how many rows along the last spatial axis the outputs of all samples have.
  int outputRows() {
    return batch * output[0] * output[1];
  }

  /// Takes pairs of places that one window element connects along a row of the output: the first
  /// input and output position, and the number of pairs. From pair to pair the output advances by
  /// one position, the input by the stride.
  interface TapRow {
    /// Works on the pairs.
    void connect(int inputPosition, int windowPosition, int outputPosition, int count);
  }

  /// Visits, for one of the [#outputRows], each window element with the outputs at which it is not
  /// over padding; window elements in order.
  void forEachTapRow(int row, TapRow tap) {
    int h = row % output[1];
    int d = row / output[1] % output[0];
    int b = row / output[1] / output[0];
    for (int i = 0; i < window[0]; i++) {
      int x = d * strides[0] + i * dilations[0] - before[0];
      for (int j = 0; j < window[1]; j++) {
        int y = h * strides[1] + j * dilations[1] - before[1];
        if (x < 0 || x >= input[0] || y < 0 || y >= input[1]) {
          continue;
        }
        int start = ((b * input[0] + x) * input[1] + y) * input[2];
        for (int k = 0; k < window[2]; k++) {
          int shift = k * dilations[2] - before[2];
          int first = Math.max(0, Math.ceilDiv(-shift, strides[2]));
          int end = Math.min(output[2], Math.ceilDiv(input[2] - shift, strides[2]));
          if (first < end) {
            tap.connect(
                start + first * strides[2] + shift,
                (i * window[1] + j) * window[2] + k,
                row * output[2] + first,
                end - first);
          }
        }
      }
    }
  }
}
