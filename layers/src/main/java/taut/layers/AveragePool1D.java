package taut.layers;

import taut.core.Tensor;
import taut.core.ops.Window;

/// Takes the average under a window that moves over sequences [batch, steps, channels]; see
/// [Pooling].
public final class AveragePool1D extends Pooling<AveragePool1D> {
  /// Makes a layer.
  ///
  /// @param poolSize the size of the window: one number
  /// @throws IllegalArgumentException if a number is not positive
  public AveragePool1D(int... poolSize) {
    super(1, poolSize);
  }

  @Override
  AveragePool1D self() {
    return this;
  }

  @Override
  Tensor pool(Tensor x, Window window) {
    return x.averagePool(window);
  }
}
