package taut.layers;

import taut.core.Tensor;
import taut.core.ops.Window;

/// Takes the average under a window that moves over images [batch, height, width, channels]; see
/// [Pooling].
public final class AveragePool2D extends Pooling<AveragePool2D> {
  /// Makes a layer.
  ///
  /// @param poolSize the size of the window: height and width, or one number for both
  /// @throws IllegalArgumentException if a number is not positive
  public AveragePool2D(int... poolSize) {
    super(2, poolSize);
  }

  @Override
  AveragePool2D self() {
    return this;
  }

  @Override
  Tensor pool(Tensor x, Window window) {
    return x.averagePool(window);
  }
}
