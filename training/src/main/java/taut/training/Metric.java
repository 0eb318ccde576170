package taut.training;

import taut.core.Shape;
import taut.core.Tensor;

/// Keeps a score of predictions over many batches.
///
/// A metric is told of batches by [#update], and [#result] is the score of all of them since the
/// last [#reset]. Sums are kept in double. Nothing here is differentiated or recorded by tapes.
/// Taut's own metrics stand in [Metrics].
public interface Metric {
  /// Returns the name under which the score appears, such as `accuracy`.
  String name();

  /// Takes a batch into account, each sample with its weight.
  ///
  /// @param weights one number a sample
  /// @throws IllegalArgumentException if the shapes do not fit
  void update(Tensor target, Tensor prediction, Tensor weights);

  /// Takes a batch into account.
  ///
  /// @throws IllegalArgumentException if the shapes do not fit
  default void update(Tensor target, Tensor prediction) {
    Shape samples = prediction.rank() == 0 ? Shape.SCALAR : Shape.of(prediction.dim(0));
    update(target, prediction, Tensor.full(samples, 1, prediction.dtype()));
  }

  /// Returns the score of everything since the last reset; 0 if there was nothing.
  double result();

  /// Forgets everything.
  void reset();

  /// Returns this metric under another name.
  default Metric named(String name) {
    return new NamedMetric(name, this);
  }
}
