package taut.training;

import taut.core.Storage;
import taut.core.Tensor;

/// The share of true positives among those predicted (precision) or among those there are (recall).
final class PrecisionOrRecall implements Metric {
  private final String name;
  private final boolean recall;
  private final double threshold;
  private double hits;
  private double others;

  PrecisionOrRecall(String name, boolean recall, double threshold) {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException(
          name + ": the threshold must be from 0 to 1, got " + threshold);
    }
    this.name = name;
    this.recall = recall;
    this.threshold = threshold;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void update(Tensor target, Tensor prediction, Tensor weights) {
    Storage targets = Targets.like(name, target, prediction).storage();
    Storage predictions = prediction.storage();
    SampleWeights.Reader weight = SampleWeights.reader(prediction, weights);
    for (int i = 0; i < predictions.length(); i++) {
      boolean positive = targets.get(i) != 0;
      boolean said = predictions.get(i) > threshold;
      if (positive && said) {
        hits += weight.at(i);
      } else if (recall ? positive : said) {
        others += weight.at(i);
      }
    }
  }

  @Override
  public double result() {
    return hits == 0 ? 0 : hits / (hits + others);
  }

  @Override
  public void reset() {
    hits = 0;
    others = 0;
  }
}
