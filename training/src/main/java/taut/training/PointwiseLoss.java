package taut.training;

import java.util.function.BinaryOperator;
import taut.core.Storage;
import taut.core.Tensor;
import taut.core.ops.Probabilities;

/// The element-wise losses that have no settings: each line holds the name and the formula, of
/// target t and prediction p. The formulas are Keras's, with its 1e-7 where something could vanish.
enum PointwiseLoss implements ElementwiseLoss {
  MEAN_SQUARED_ERROR("meanSquaredError", (t, p) -> p.squaredDifference(t)),
  MEAN_ABSOLUTE_ERROR("meanAbsoluteError", (t, p) -> p.sub(t).abs()),
  MEAN_ABSOLUTE_PERCENTAGE_ERROR(
      "meanAbsolutePercentageError",
      (t, p) -> p.sub(t).div(t.abs().maximum(Probabilities.EPSILON)).abs().mul(100)),
  MEAN_SQUARED_LOGARITHMIC_ERROR(
      "meanSquaredLogarithmicError", (t, p) -> logarithm(p).squaredDifference(logarithm(t))),
  /// log cosh e, written so that nothing overflows.
  LOG_COSH(
      "logCosh",
      (t, p) -> {
        Tensor error = p.sub(t);
        return error.add(error.mul(-2).softplus()).sub(Math.log(2));
      }),
  /// The negative log-likelihood of counts t with mean p, but for a term without p.
  POISSON("poisson", (t, p) -> p.sub(t.mul(p.add(Probabilities.EPSILON).log()))),
  HINGE("hinge", (t, p) -> margin(t, p)),
  SQUARED_HINGE("squaredHinge", (t, p) -> margin(t, p).square());

  private final String label;
  private final BinaryOperator<Tensor> formula;

  PointwiseLoss(String label, BinaryOperator<Tensor> formula) {
    this.label = label;
    this.formula = formula;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public Tensor elements(Tensor target, Tensor prediction) {
    return formula.apply(target, prediction);
  }

  private static Tensor logarithm(Tensor x) {
    return x.maximum(Probabilities.EPSILON).log1p();
  }

  /// Returns max(1 - t·p, 0) for labels -1 and 1; labels that are all 0 or 1 are taken as such.
  private static Tensor margin(Tensor target, Tensor prediction) {
    Tensor signs = isBinary(target.storage()) ? target.mul(2).sub(1) : target;
    return signs.mul(prediction).subFrom(1).relu();
  }

  private static boolean isBinary(Storage storage) {
    for (int i = 0; i < storage.length(); i++) {
      double label = storage.get(i);
      if (label != 0 && label != 1) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return label;
  }
}
