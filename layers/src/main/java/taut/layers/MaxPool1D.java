package taut.layers;

import taut.core.Tensor;
import taut.core.ops.Window;

/// Takes the maximum under a window that moves over sequences [batch, steps, channels]; see
/// [Pooling].
public final class MaxPool1D extends Pooling<MaxPool1D> {
  /// Makes a layer.
  ///
  /// @param poolSize the size of the window: one number
  /// @throws IllegalArgumentException if a number is not positive
  public MaxPool1D(int... poolSize) {
    super(1, poolSize);
  }

  @Override
  MaxPool1D self() {
    return this;
  }

  @Override
  Tensor pool(Tensor x, Window window) {
    return x.maxPool(window);
  }
}
