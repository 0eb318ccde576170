package taut.training;

import taut.core.Storage;
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
  RowScores scores(Tensor target, Tensor prediction) {
    Storage losses = loss.perSample(target, prediction.copy()).storage();
    return new RowScores(losses.length(), losses::get);
  }

  @Override
  public double result() {
    return root ? Math.sqrt(super.result()) : super.result();
  }
}
