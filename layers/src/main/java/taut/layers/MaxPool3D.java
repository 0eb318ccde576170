package taut.layers;

import taut.core.Tensor;
import taut.core.ops.Window;

/// Takes the maximum under a window that moves over volumes [batch, depth, height, width,
/// channels]; see [Pooling].
public final class MaxPool3D extends Pooling<MaxPool3D> {
  /// Makes a layer.
  ///
  /// @param poolSize the size of the window: depth, height and width, or one number for all
  /// @throws IllegalArgumentException if a number is not positive
  public MaxPool3D(int... poolSize) {
    super(3, poolSize);
  }

  @Override
  MaxPool3D self() {
    return this;
  }

  @Override
  Tensor pool(Tensor x, Window window) {
    return x.maxPool(window);
  }
}
