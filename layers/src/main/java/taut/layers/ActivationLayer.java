package taut.layers;

import taut.core.Tensor;

/// Applies an activation: `new ActivationLayer(RELU)`.
public final class ActivationLayer extends Layer {
  private final Activation activation;

  /// Makes the layer.
  public ActivationLayer(Activation activation) {
    this.activation = activation;
  }

  @Override
  protected Tensor forward(Tensor x, Pass pass) {
    return activation.apply(x);
  }
}
