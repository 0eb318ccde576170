package taut.training;

import taut.core.Tensor;

/// A loss that compares element by element; that of a sample is the mean over its last axis.
///
/// Predictions `[n]` count as `[n, 1]`: one number a sample.
interface ElementwiseLoss extends Loss {
  /// Returns the name, for errors.
  String label();

  /// Compares each element; both tensors have one shape and type.
  Tensor elements(Tensor target, Tensor prediction);

  @Override
  default Tensor perSample(Tensor target, Tensor prediction) {
    Tensor elements = elements(Targets.like(label(), target, prediction), prediction);
    return elements.rank() == 1 ? elements : elements.mean(-1);
  }

  /// The mean of equally many means is one mean over everything.
  @Override
  default Tensor of(Tensor target, Tensor prediction) {
    return elements(Targets.like(label(), target, prediction), prediction).mean();
  }

  @Override
  default void check(Tensor targets) {
    Targets.checkNumbers(label(), targets);
  }
}
