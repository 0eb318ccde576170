package taut.training;

import taut.core.Tensor;
import taut.core.ops.SoftmaxCrossEntropy;
import taut.core.ops.SparseNormalizedCrossEntropy;

/// Scores probabilities of classes against the number of the true one: -log pᵧ.
///
/// Targets are INT32 labels from 0 up, `[batch]` or `[batch, 1]`. Predictions `[batch, classes]`
/// are probabilities, which are divided by their sum and limited to [1e-7, 1 - 1e-7], or logits,
/// before the softmax. More axes between batch and classes are welcome.
///
/// @param logits whether predictions are logits
public record SparseCategoricalCrossentropy(boolean logits) implements Loss {
  private static final String LABEL = "sparseCategoricalCrossentropy";

  /// Returns the loss for predictions that are logits.
  public SparseCategoricalCrossentropy fromLogits() {
    return new SparseCategoricalCrossentropy(true);
  }

  @Override
  public Tensor perSample(Tensor target, Tensor prediction) {
    Tensor labels = Targets.labels(LABEL, target, prediction);
    return (logits ? SoftmaxCrossEntropy.Sparse.INSTANCE : SparseNormalizedCrossEntropy.INSTANCE)
        .apply(prediction, labels);
  }

  @Override
  public void check(Tensor targets) {
    Targets.checkLabels(LABEL, targets);
  }
}
