package taut.training;

import taut.core.Tensor;

/// Says how wrong predictions are.
///
/// Any function of target and prediction to one value a sample, or to a scalar, is a loss: `(y, p)
/// -> p.sub(y).square().mean(-1)`. [#of] averages its values, as Keras does, and is what training
/// minimizes. Taut's own losses stand in [Losses].
@FunctionalInterface
public interface Loss {
  /// Returns the loss of each sample: the prediction's shape without its last axis.
  ///
  /// @throws IllegalArgumentException if the target does not fit the prediction
  Tensor perSample(Tensor target, Tensor prediction);

  /// Returns the loss of each sample times its weight.
  ///
  /// @param weights one number a sample, in the shape of the losses; trailing axes of the losses
  ///   may be missing or 1
  default Tensor perSample(Tensor target, Tensor prediction, Tensor weights) {
    return SampleWeights.apply(perSample(target, prediction), weights);
  }

  /// Returns the mean over all samples, a scalar.
  default Tensor of(Tensor target, Tensor prediction) {
    return LossReduction.MEAN.of(perSample(target, prediction));
  }

  /// Returns the sum of the weighted losses divided by the number of samples, a scalar; the weights
  /// do not change the divisor.
  default Tensor of(Tensor target, Tensor prediction, Tensor weights) {
    return LossReduction.MEAN.of(perSample(target, prediction), weights);
  }

  /// Returns this loss with another way to make one number of those of the samples.
  default Loss reducedBy(LossReduction reduction) {
    return new ReducedLoss(this, reduction);
  }

  /// Fails if targets cannot be right whatever is predicted: NaN, or labels that are no labels.
  ///
  /// This looks at every element, so `fit` and `evaluate` call it once a data set; a loop of your
  /// own may do the same.
  ///
  /// @throws IllegalArgumentException if there is such an element; the message says where
  default void check(Tensor targets) {
    Targets.checkNumbers("loss", targets);
  }
}
