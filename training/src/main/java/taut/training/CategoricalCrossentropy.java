package taut.training;

import taut.core.Tensor;
import taut.core.ops.NormalizedCrossEntropy;
import taut.core.ops.SoftmaxCrossEntropy;

/// Scores probabilities of classes against target probabilities, most often one-hot: -Σ tᵢ·log pᵢ.
///
/// Predictions `[..., classes]` are probabilities, which are divided by their sum and limited to
/// [1e-7, 1 - 1e-7], or logits, before the softmax. Where targets are class numbers, use
/// [SparseCategoricalCrossentropy].
///
/// @param logits whether predictions are logits
/// @param labelSmoothing how far targets are moved towards the uniform distribution, from 0 to 1
public record CategoricalCrossentropy(boolean logits, double labelSmoothing) implements RowLoss {
  /// Checks the smoothing.
  public CategoricalCrossentropy {
    LabelSmoothing.check(labelSmoothing);
  }

  /// Returns the loss for predictions that are logits.
  public CategoricalCrossentropy fromLogits() {
    return new CategoricalCrossentropy(true, labelSmoothing);
  }

  /// Returns the loss with targets t(1 - smoothing) + smoothing / classes.
  public CategoricalCrossentropy labelSmoothing(double smoothing) {
    return new CategoricalCrossentropy(logits, smoothing);
  }

  @Override
  public String label() {
    return "categoricalCrossentropy";
  }

  @Override
  public Tensor rows(Tensor target, Tensor prediction) {
    Targets.checkClasses(label(), prediction);
    Tensor smooth = LabelSmoothing.apply(labelSmoothing, target, prediction.dim(-1));
    return (logits ? SoftmaxCrossEntropy.INSTANCE : NormalizedCrossEntropy.INSTANCE)
        .apply(prediction, smooth);
  }
}
