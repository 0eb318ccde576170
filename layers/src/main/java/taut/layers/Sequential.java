package taut.layers;

import java.util.LinkedHashSet;
import java.util.List;
import taut.core.Tensor;
import taut.regularizers.Regularizer;

/// Passes its input through layers, one after the other.
///
/// Layers that were not named are named here, so that no two have one name: `dense`, `dense_1` …
public final class Sequential extends Layer {
  private final List<Layer> layers;

  private Sequential(List<Layer> layers) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("sequential: wants at least one layer, got none");
    }
    this.layers = List.copyOf(layers);
    LayerName.apart(new LinkedHashSet<>(this.layers));
  }

  /// Makes a chain of the given layers.
  ///
  /// @throws IllegalArgumentException if there are none, or if two of them were given the same name
  public static Sequential of(Layer... layers) {
    return new Sequential(List.of(layers));
  }

  /// Makes a chain of the given layers.
  ///
  /// @throws IllegalArgumentException if there are none, or if two of them were given the same name
  public static Sequential of(List<Layer> layers) {
    return new Sequential(layers);
  }

  @Override
  public List<Layer> sublayers() {
    return layers;
  }

  @Override
  protected Tensor forward(Tensor x, Pass pass) {
    Tensor output = x;
    for (Layer layer : layers) {
      output = layer.apply(output, pass);
    }
    return output;
  }

  @Override
  public Sequential named(String name) {
    super.named(name);
    return this;
  }

  @Override
  public Sequential activityRegularizer(Regularizer regularizer) {
    super.activityRegularizer(regularizer);
    return this;
  }
}
