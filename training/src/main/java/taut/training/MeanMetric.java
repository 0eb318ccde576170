package taut.training;

import java.util.function.IntToDoubleFunction;
import taut.core.Shape;
import taut.core.Storage;
import taut.core.Tensor;

/// A metric that is the weighted mean of one score a sample.
abstract class MeanMetric implements Metric {
  private final String name;
  private double total;
  private double weight;

  MeanMetric(String name) {
    this.name = name;
  }

  /// Returns the score of each row of a prediction along its last axis, in order; the rows of a
  /// prediction `[n]` are its elements.
  abstract RowScores scores(Tensor target, Tensor prediction);

  /// Scores of rows, which need not stand in an array.
  ///
  /// @param count the number of rows
  /// @param of gives the score of a row
  record RowScores(int count, IntToDoubleFunction of) {}

  @Override
  public final String name() {
    return name;
  }

  /// A weight that stands for several rows, all those of a sample, counts once: their mean score.
  @Override
  public final void update(Tensor target, Tensor prediction, Tensor weights) {
    RowScores scores = scores(target, prediction);
    SampleWeights.fitted(rows(prediction), weights.shape());
    Storage storage = weights.storage();
    int together = storage.length() == 0 ? 1 : scores.count / storage.length();
    for (int i = 0; i < scores.count; i++) {
      double share = storage.get(i / together) / together;
      total += scores.of.applyAsDouble(i) * share;
      weight += share;
    }
  }

  private static Shape rows(Tensor prediction) {
    Shape shape = prediction.shape();
    return shape.rank() < 2 ? shape : shape.without(-1);
  }

  @Override
  public double result() {
    return weight == 0 ? 0 : total / weight;
  }

  @Override
  public final void reset() {
    total = 0;
    weight = 0;
  }
}
