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
}
