package taut.layers;

import taut.core.Tensor;

/// Bends a layer's output; without one, a stack of layers would be a single linear map.
///
/// The usual ones stand in [Activations]; any function of a tensor to a tensor of the same shape is
/// an activation: `x -> x.leakyRelu(0.1)`.
@FunctionalInterface
public interface Activation {
  /// Returns the activation of x.
  Tensor apply(Tensor x);

  /// Returns the activation of x + bias, with one bias for each index of the last axis; one that
  /// can do it in one pass overrides this.
  default Tensor apply(Tensor x, Tensor bias) {
    return apply(x.add(bias));
  }
}
