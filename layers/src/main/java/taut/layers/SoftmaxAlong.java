package taut.layers;

import taut.core.Tensor;

/// Turns the elements along an axis into probabilities, eˣ / Σ eˣ; [Activations#SOFTMAX] does it
/// along the last axis.
///
/// @param axis the axis; -1 names the last one
public record SoftmaxAlong(int axis) implements Activation {
  @Override
  public Tensor apply(Tensor x) {
    return x.softmax(axis);
  }
}
