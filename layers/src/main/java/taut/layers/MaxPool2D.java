package taut.layers;

import taut.core.Tensor;
import taut.core.ops.Window;

/// Takes the maximum under a window that moves over images [batch, height, width, channels]; see
/// [Pooling].
public final class MaxPool2D extends Pooling<MaxPool2D> {
  /// Makes a layer.
  ///
  /// @param poolSize the size of the window: height and width, or one number for both
  /// @throws IllegalArgumentException if a number is not positive
  public MaxPool2D(int... poolSize) {
    super(2, poolSize);
  }

  @Override
  MaxPool2D self() {
    return this;
  }

  @Override
  Tensor pool(Tensor x, Window window) {
    return x.maxPool(window);
  }
}
