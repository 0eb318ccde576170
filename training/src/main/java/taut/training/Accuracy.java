package taut.training;

import taut.core.Storage;
import taut.core.Tensor;

/// The share of right answers; what an answer is follows from the shapes, as in Keras.
///
/// One prediction a sample is a probability of 1, and right if it is on the same side of ½ as the
/// target. Several are scores of classes, of which the highest counts, and the targets are labels
/// if they have no axis of classes.
final class Accuracy extends MeanMetric {
  private static final System.Logger LOG = System.getLogger("taut.training");

  private boolean warned;

  Accuracy() {
    super("accuracy");
  }

  @Override
  RowScores scores(Tensor target, Tensor prediction) {
    if (prediction.rank() >= 2 && prediction.dim(-1) != 1) {
      return ClassAccuracy.scores(name(), target, prediction, 1, ClassAccuracy.Form.BY_SHAPE);
    }
    warnOfNumbers(target.storage());
    warnOfLogits(prediction.storage());
    return BinaryAccuracy.scores(name(), target, prediction, 0.5);
  }

  /// Logits are on the other side of 0, not of ½, so for them the share would be another one.
  private void warnOfLogits(Storage predictions) {
    for (int i = 0; i < predictions.length() && !warned; i++) {
      double prediction = predictions.get(i);
      if (prediction < 0 || prediction > 1) {
        warned = true;
        LOG.log(
            System.Logger.Level.WARNING,
            "accuracy takes probabilities, but a prediction is "
                + prediction
                + "; for logits use binaryAccuracy(0)");
      }
    }
  }

  /// In a regression accuracy is always about 0 and means nothing; tutorials still ask for it.
  private void warnOfNumbers(Storage targets) {
    for (int i = 0; i < targets.length() && !warned; i++) {
      double target = targets.get(i);
      if (target != 0 && target != 1) {
        warned = true;
        LOG.log(
            System.Logger.Level.WARNING,
            "accuracy compares with 0 and 1, but a target is "
                + target
                + "; for a regression use meanAbsoluteError or r2");
      }
    }
  }
}
