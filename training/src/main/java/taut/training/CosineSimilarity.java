package taut.training;

import taut.core.Tensor;
import taut.core.ops.Probabilities;

/// Scores the angle between target and prediction: minus its cosine, -1 for the same direction.
///
/// Vectors shorter than 1e-7 are divided by that, so a zero vector gives 0 and a finite gradient.
///
/// @param axis along which the vectors lie, usually -1
public record CosineSimilarity(int axis) implements Loss {
  private static final String LABEL = "cosineSimilarity";

  /// Returns the loss of each vector: the prediction's shape without the axis.
  @Override
  public Tensor perSample(Tensor target, Tensor prediction) {
    Tensor like = Targets.like(LABEL, target, prediction);
    return normalized(like).mul(normalized(prediction)).sum(axis).neg();
  }

  private Tensor normalized(Tensor x) {
    double least = Probabilities.EPSILON * Probabilities.EPSILON;
    return x.mul(x.sumOfSquares(true, axis).maximum(least).rsqrt());
  }

  @Override
  public void check(Tensor targets) {
    Targets.checkNumbers(LABEL, targets);
  }
}
