package taut.training;

import java.util.function.BinaryOperator;
import taut.core.Tensor;
import taut.core.ops.Probabilities;

/// The losses of whole rows that have no settings: each line holds the name and the formula, of
/// target t and prediction p. The formulas are Keras's.
enum DistributionLoss implements RowLoss {
  /// Σ t·log(t / p), both limited to [1e-7, 1].
  KL_DIVERGENCE(
      "klDivergence",
      (t, p) -> {
        Tensor target = t.clip(Probabilities.EPSILON, 1);
        return target.mul(target.div(p.clip(Probabilities.EPSILON, 1)).log()).sum(-1);
      }),
  /// max(1 + the best of the wrong classes - the true one, 0), from one-hot targets.
  CATEGORICAL_HINGE(
      "categoricalHinge",
      (t, p) -> {
        Tensor right = t.mul(p).sum(-1);
        Tensor wrong = t.subFrom(1).mul(p).max(-1);
        return wrong.sub(right).add(1).relu();
      });

  private final String label;
  private final BinaryOperator<Tensor> formula;

  DistributionLoss(String label, BinaryOperator<Tensor> formula) {
    this.label = label;
    this.formula = formula;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public Tensor rows(Tensor target, Tensor prediction) {
    return formula.apply(target, prediction);
  }

  @Override
  public String toString() {
    return label;
  }
}
