package taut.training;

import java.util.OptionalDouble;
import taut.core.Tensor;
import taut.core.ops.BernoulliCrossEntropy;
import taut.core.ops.SigmoidCrossEntropy;

/// Binary crossentropy that turns away from what is known already: times (1 - pₜ)^γ, with pₜ the
/// probability given to the true answer (Lin et al. 2017).
///
/// @param logits whether predictions are logits
/// @param labelSmoothing how far targets are moved from 0 and 1 towards ½, from 0 to 1
/// @param gamma the γ, 0 or more
/// @param balance the weight α of positive targets, 1 - α being that of negative ones, if the two
///   are to be balanced
public record BinaryFocalCrossentropy(
    boolean logits, double labelSmoothing, double gamma, OptionalDouble balance)
    implements ElementwiseLoss {
  /// The γ unless told otherwise.
  public static final double DEFAULT_GAMMA = 2;

  /// Checks the numbers.
  public BinaryFocalCrossentropy {
    LabelSmoothing.check(labelSmoothing);
    if (!(gamma >= 0 && gamma < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "binaryFocalCrossentropy: gamma must be finite and at least 0, got " + gamma);
    }
    if (balance.isPresent() && !(balance.getAsDouble() >= 0 && balance.getAsDouble() <= 1)) {
      throw new IllegalArgumentException(
          "binaryFocalCrossentropy: the weight of positive targets must be from 0 to 1, got "
              + balance.getAsDouble());
    }
  }

  /// Returns the loss for predictions that are logits.
  public BinaryFocalCrossentropy fromLogits() {
    return new BinaryFocalCrossentropy(true, labelSmoothing, gamma, balance);
  }

  /// Returns the loss with targets t(1 - smoothing) + smoothing / 2.
  public BinaryFocalCrossentropy labelSmoothing(double smoothing) {
    return new BinaryFocalCrossentropy(logits, smoothing, gamma, balance);
  }

  /// Returns the loss with another γ.
  public BinaryFocalCrossentropy gamma(double gamma) {
    return new BinaryFocalCrossentropy(logits, labelSmoothing, gamma, balance);
  }

  /// Returns the loss with weight α for positive targets and 1 - α for negative ones.
  public BinaryFocalCrossentropy balanced(double alpha) {
    return new BinaryFocalCrossentropy(logits, labelSmoothing, gamma, OptionalDouble.of(alpha));
  }

  @Override
  public String label() {
    return "binaryFocalCrossentropy";
  }

  @Override
  public Tensor elements(Tensor target, Tensor prediction) {
    Tensor t = LabelSmoothing.apply(labelSmoothing, target, 2);
    Tensor p = logits ? prediction.sigmoid() : prediction;
    Tensor missed = t.mul(p.mul(-2).add(1)).add(p); // 1 - pₜ
    Tensor crossEntropy =
        logits
            ? SigmoidCrossEntropy.INSTANCE.apply(prediction, t)
            : BernoulliCrossEntropy.INSTANCE.apply(p, t);
    Tensor focal = missed.pow(gamma).mul(crossEntropy);
    if (balance.isEmpty()) {
      return focal;
    }
    double alpha = balance.getAsDouble();
    return focal.mul(t.mul(2 * alpha - 1).add(1 - alpha));
  }
}
