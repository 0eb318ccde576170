package taut.training;

import taut.core.Tensor;
import taut.core.ops.BernoulliCrossEntropy;
import taut.core.ops.SigmoidCrossEntropy;

/// Scores probabilities of yes-or-no answers: -t·log p - (1 - t)·log(1 - p), averaged over the last
/// axis.
///
/// Predictions are probabilities, limited to [1e-7, 1 - 1e-7], or logits, before the sigmoid; from
/// logits nothing needs to be limited, so training goes on where a probability would be 0 or 1.
///
/// @param logits whether predictions are logits
/// @param labelSmoothing how far targets are moved from 0 and 1 towards ½, from 0 to 1
public record BinaryCrossentropy(boolean logits, double labelSmoothing) implements ElementwiseLoss {
  /// Checks the smoothing.
  public BinaryCrossentropy {
    LabelSmoothing.check(labelSmoothing);
  }

  /// Returns the loss for predictions that are logits.
  public BinaryCrossentropy fromLogits() {
    return new BinaryCrossentropy(true, labelSmoothing);
  }

  /// Returns the loss with targets t(1 - smoothing) + smoothing / 2.
  public BinaryCrossentropy labelSmoothing(double smoothing) {
    return new BinaryCrossentropy(logits, smoothing);
  }

  @Override
  public String label() {
    return "binaryCrossentropy";
  }

  /// @throws IllegalArgumentException if a target is no probability; the message says where
  @Override
  public void check(Tensor targets) {
    Targets.checkProbabilities(label(), targets);
  }

  @Override
  public Tensor elements(Tensor target, Tensor prediction) {
    Tensor smooth = LabelSmoothing.apply(labelSmoothing, target, 2);
    return (logits ? SigmoidCrossEntropy.INSTANCE : BernoulliCrossEntropy.INSTANCE)
        .apply(prediction, smooth);
  }
}
