package taut.training;

import taut.core.Tensor;

/// The mean of a loss, or its root.
final class LossMetric extends MeanMetric {
  private final Loss loss;
  private final boolean root;

  LossMetric(String name, Loss loss, boolean root) {
    super(name);
    this.loss = loss;
    this.root = root;
  }

  /// The copy is a tensor that no tape follows.
  @Override
  double[] scores(Tensor target, Tensor prediction) {
    return loss.perSample(target, prediction.copy()).toDoubles();
  }

  @Override
  public double result() {
    return root ? Math.sqrt(super.result()) : super.result();
  }
}
