package taut.training;

import java.util.OptionalDouble;

/// Makes Taut's losses. The formulas, names and defaults are Keras's.
///
/// Those that take probabilities take logits too, `Losses.binaryCrossentropy().fromLogits()`, which
/// is exact where probabilities are so near to 0 or 1 that they must be limited.
public final class Losses {
  private Losses() {}

  /// Returns the mean of (t - p)².
  public static Loss meanSquaredError() {
    return PointwiseLoss.MEAN_SQUARED_ERROR;
  }

  /// Returns the mean of |t - p|; the derivative at 0 is 0.
  public static Loss meanAbsoluteError() {
    return PointwiseLoss.MEAN_ABSOLUTE_ERROR;
  }

  /// Returns the mean of 100·|t - p| / max(|t|, 1e-7).
  public static Loss meanAbsolutePercentageError() {
    return PointwiseLoss.MEAN_ABSOLUTE_PERCENTAGE_ERROR;
  }

  /// Returns the mean of (log(t + 1) - log(p + 1))², with t and p raised to 1e-7 at least.
  public static Loss meanSquaredLogarithmicError() {
    return PointwiseLoss.MEAN_SQUARED_LOGARITHMIC_ERROR;
  }

  /// Returns the mean of log cosh(p - t), a smooth |p - t|.
  public static Loss logCosh() {
    return PointwiseLoss.LOG_COSH;
  }

  /// Returns the mean of p - t·log(p + 1e-7), for counts t.
  public static Loss poisson() {
    return PointwiseLoss.POISSON;
  }

  /// Returns the mean of max(1 - t·p, 0), for labels -1 and 1 or 0 and 1.
  public static Loss hinge() {
    return PointwiseLoss.HINGE;
  }

  /// Returns the mean of max(1 - t·p, 0)², for labels -1 and 1 or 0 and 1.
  public static Loss squaredHinge() {
    return PointwiseLoss.SQUARED_HINGE;
  }

  /// Returns max(1 + the best of the wrong classes - the true one, 0), for one-hot targets.
  public static Loss categoricalHinge() {
    return DistributionLoss.CATEGORICAL_HINGE;
  }

  /// Returns Σ t·log(t / p) over the last axis, both limited to [1e-7, 1].
  public static Loss klDivergence() {
    return DistributionLoss.KL_DIVERGENCE;
  }

  /// Returns a loss between squared and absolute error, which meet at δ = 1.
  public static Huber huber() {
    return huber(Huber.DEFAULT_DELTA);
  }

  /// Returns a loss between squared and absolute error, which meet at δ.
  public static Huber huber(double delta) {
    return new Huber(delta);
  }

  /// Returns minus the cosine of the angle between vectors along the last axis.
  public static CosineSimilarity cosineSimilarity() {
    return cosineSimilarity(-1);
  }

  /// Returns minus the cosine of the angle between vectors along an axis.
  public static CosineSimilarity cosineSimilarity(int axis) {
    return new CosineSimilarity(axis);
  }

  /// Returns the loss of probabilities of yes-or-no answers.
  public static BinaryCrossentropy binaryCrossentropy() {
    return new BinaryCrossentropy(false, 0);
  }

  /// Returns binary crossentropy that turns away from what is known already, with γ = 2.
  public static BinaryFocalCrossentropy binaryFocalCrossentropy() {
    return new BinaryFocalCrossentropy(
        false, 0, BinaryFocalCrossentropy.DEFAULT_GAMMA, OptionalDouble.empty());
  }

  /// Returns the loss of probabilities of classes, for one-hot targets.
  public static CategoricalCrossentropy categoricalCrossentropy() {
    return new CategoricalCrossentropy(false, 0);
  }

  /// Returns the loss of probabilities of classes, for INT32 labels.
  public static SparseCategoricalCrossentropy sparseCategoricalCrossentropy() {
    return new SparseCategoricalCrossentropy(false);
  }
}
