package taut.training;

import taut.core.Tensor;

/// Some samples with their targets; the first axis of both counts the samples.
///
/// @param x what the network sees
/// @param y what it should say
public record Batch(Tensor x, Tensor y) {
  /// Returns the number of samples.
  public int size() {
    return x.dim(0);
  }
}
