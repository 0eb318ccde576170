package taut.layers;

import taut.core.Tensor;
import taut.core.ops.Padding;
import taut.core.ops.Window;
import taut.regularizers.Regularizer;

/// Joins the elements under a window that moves over 1 to 3 spatial axes, each channel by itself:
/// [batch, spatial..., channels] → [batch, smaller spatial..., channels].
///
/// With padding VALID a spatial axis of n elements becomes ⌈(n - size + 1) / stride⌉, else ⌈n /
/// stride⌉; padding takes no part in maxima and averages.
///
/// @param <L> the layer itself, which its settings return
public abstract sealed class Pooling<L extends Pooling<L>> extends Layer
    permits MaxPool1D, MaxPool2D, MaxPool3D, AveragePool1D, AveragePool2D, AveragePool3D {
  private Window window;

  Pooling(int axes, int... poolSize) {
    Window still = Windows.of(getClass(), "pool size", axes, poolSize);
    this.window = still.strides(still.size().stream().mapToInt(size -> size).toArray());
  }

  /// Returns this layer as what it is.
  abstract L self();

  /// Joins what is under the window.
  abstract Tensor pool(Tensor x, Window window);

  @Override
  protected Tensor forward(Tensor x, Pass pass) {
    Windows.checkRank(getClass(), window, x.shape());
    return pool(x, window);
  }

  /// Sets how far the window moves from one output element to the next, one number for each spatial
  /// axis or one for all; as far as it is large unless told otherwise.
  public L strides(int... strides) {
    checkNotBuilt("the strides");
    Windows.checkCount(getClass(), "strides", window.size().size(), strides);
    window = window.strides(strides);
    return self();
  }

  /// Sets how borders are treated; [Padding#VALID] unless told otherwise.
  ///
  /// @throws IllegalArgumentException for [Padding#CAUSAL]
  public L padding(Padding padding) {
    checkNotBuilt("the padding");
    if (padding == Padding.CAUSAL) {
      throw new IllegalArgumentException(
          getClass().getSimpleName() + ": padding must be VALID or SAME, got " + padding);
    }
    window = window.padding(padding);
    return self();
  }

  @Override
  public L activityRegularizer(Regularizer regularizer) {
    super.activityRegularizer(regularizer);
    return self();
  }

  @Override
  public L named(String name) {
    super.named(name);
    return self();
  }
}
