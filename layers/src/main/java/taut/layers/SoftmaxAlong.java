package taut.layers;

import java.util.stream.IntStream;
import taut.core.Tensor;

/// Turns the elements along an axis into probabilities, eˣ / Σ eˣ; [Activations#SOFTMAX] does it
/// along the last axis.
///
/// @param axis the axis; -1 names the last one
public record SoftmaxAlong(int axis) implements Activation {
  @Override
  public Tensor apply(Tensor x) {
    int[] order = IntStream.range(0, x.rank()).toArray();
    int last = order.length - 1;
    order[x.shape().axis(axis)] = last;
    order[last] = x.shape().axis(axis);
    // Exchanging two axes is its own inverse.
    return x.transpose(order).softmax().transpose(order);
  }
}
