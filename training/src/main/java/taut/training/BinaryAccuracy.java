package taut.training;

import taut.core.Storage;
import taut.core.Tensor;

/// The share of answers 0 and 1 that are right, a prediction above the threshold counting as 1. NaN
/// says nothing, so it is wrong.
final class BinaryAccuracy extends MeanMetric {
  private final double threshold;

  BinaryAccuracy(double threshold) {
    super("binaryAccuracy");
    this.threshold = threshold;
  }

  @Override
  RowScores scores(Tensor target, Tensor prediction) {
    return scores(name(), target, prediction, threshold);
  }

  static RowScores scores(String name, Tensor target, Tensor prediction, double threshold) {
    Storage targets = Targets.like(name, target, prediction).storage();
    Storage predictions = prediction.storage();
    int width = prediction.rank() < 2 ? 1 : prediction.dim(-1);
    return new RowScores(
        width == 0 ? 0 : predictions.length() / width,
        row -> {
          double right = 0;
          for (int i = row * width; i < (row + 1) * width; i++) {
            double said = predictions.get(i);
            double answer = said > threshold ? 1 : 0;
            right += answer == targets.get(i) && !Double.isNaN(said) ? 1 : 0;
          }
          return right / width;
        });
  }
}
