package taut.training;

import taut.core.Tensor;

/// A loss with another reduction than the mean.
///
/// @param loss what gives the losses of the samples
/// @param reduction what makes one number of them
record ReducedLoss(Loss loss, LossReduction reduction) implements Loss {
  @Override
  public Tensor perSample(Tensor target, Tensor prediction) {
    return loss.perSample(target, prediction);
  }

  @Override
  public Tensor of(Tensor target, Tensor prediction) {
    return reduction.of(perSample(target, prediction));
  }

  @Override
  public Tensor of(Tensor target, Tensor prediction, Tensor weights) {
    return reduction.of(perSample(target, prediction), weights);
  }

  @Override
  public Loss reducedBy(LossReduction other) {
    return new ReducedLoss(loss, other);
  }

  @Override
  public void check(Tensor targets) {
    loss.check(targets);
  }
}
