package taut.core;

import taut.core.ops.AveragePool;
import taut.core.ops.Convolution;
import taut.core.ops.MaxPool;
import taut.core.ops.Window;

/// What a window makes of a tensor [batch, spatial..., channels] as it moves over 1 to 3 spatial
/// axes.
public sealed interface Convolutions permits Tensor {
  /// Returns this as a tensor.
  Tensor self();

  /// Returns the convolution (cross-correlation) with a kernel [window..., channels / groups,
  /// filters] as [batch, spatial..., filters].
  ///
  /// @param window strides, dilations and padding; its size must be the kernel's
  /// @param groups into how many groups channels and filters fall; 1 for an ordinary convolution,
  ///   the number of channels for a depthwise one
  default Tensor convolve(Tensor kernel, Window window, int groups) {
    return new Convolution(window, groups).apply(self(), kernel);
  }

  /// Returns the transposed convolution, what carries the gradient of a convolution back to its
  /// input, as [batch, spatial..., channels].
  ///
  /// Of the sizes that a result could have it has the ones of TensorFlow and Keras: n elements
  /// become n · stride where the window pads, and n · stride + max(span - stride, 0) with
  /// `Padding.VALID`, where the window spans (size - 1) · dilation + 1.
  ///
  /// @param kernel a kernel of that convolution, [window..., channels / groups, filters]; this
  ///   tensor has the filters as channels
  /// @param groups into how many groups channels and filters fall
  default Tensor convolveTransposed(Tensor kernel, Window window, int groups) {
    return Convolution.InputGradient.of(window, groups, self().spec(), kernel.spec())
        .apply(self(), kernel);
  }

  /// Returns the transposed convolution with a result of the given shape.
  ///
  /// @param kernel a kernel of the convolution, [window..., channels / groups, filters]; this
  ///   tensor has the filters as channels
  /// @param shape the shape of the result, one that the convolution takes to that of this tensor
  default Tensor convolveTransposed(Tensor kernel, Window window, int groups, Shape shape) {
    Convolution forward = new Convolution(window, groups);
    return new Convolution.InputGradient(forward, shape).apply(self(), kernel);
  }

  /// Returns the maximum under the window, each channel by itself; of equal elements the first gets
  /// the gradient.
  default Tensor maxPool(Window window) {
    return new MaxPool(window).apply(self());
  }

  /// Returns the average under the window, each channel by itself; padding is left out of the
  /// average.
  default Tensor averagePool(Window window) {
    return new AveragePool(window).apply(self());
  }
}
