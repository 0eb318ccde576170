package taut.training;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import taut.core.Storage;
import taut.core.Tensor;

/// The harmonic mean of precision and recall, 2TP / (2TP + FP + FN), for each class and over them.
///
/// Targets and predictions are `[batch, classes]`, targets 0 or 1. Without a threshold the class
/// with the highest score is the predicted one.
public final class F1Score implements Metric {
  /// How one number is made of those of the classes.
  public enum Average {
    /// From the counts of all classes together.
    MICRO,
    /// The mean over the classes.
    MACRO,
    /// The mean over the classes, each weighted by how often it is true.
    WEIGHTED
  }

  private final Average average;
  private final OptionalDouble threshold;
  private double[] hits = {};
  private double[] said = {};
  private double[] there = {};

  F1Score(Average average, OptionalDouble threshold) {
    this.average = average;
    this.threshold = threshold;
  }

  /// Returns the metric with another way to average.
  public F1Score averagedBy(Average average) {
    return new F1Score(average, threshold);
  }

  /// Returns the metric with every class predicted whose score is above a threshold.
  public F1Score threshold(double threshold) {
    return new F1Score(average, OptionalDouble.of(threshold));
  }

  @Override
  public String name() {
    return "f1";
  }

  @Override
  public void update(Tensor target, Tensor prediction, Tensor weights) {
    int classes = prediction.rank() == 2 ? prediction.dim(1) : 0;
    if (classes == 0 || (classes == 1 && threshold.isEmpty())) {
      throw new IllegalArgumentException(
          "f1: wants predictions [batch, classes], and a threshold if there is one class, got "
              + prediction.spec());
    }
    if (hits.length == 0) {
      hits = new double[classes];
      said = new double[classes];
      there = new double[classes];
    }
    if (hits.length != classes) {
      throw new IllegalArgumentException(
          "f1: wants " + hits.length + " classes as before, got " + prediction.spec());
    }
    Storage targets = Targets.like(name(), target, prediction).storage();
    Storage scores = prediction.storage();
    SampleWeights.Reader weight = SampleWeights.reader(prediction, weights);
    for (int row = 0; row < prediction.dim(0); row++) {
      double above = threshold.orElse(0);
      double least = threshold.isPresent() ? above : largest(scores, row * classes, classes);
      for (int k = 0; k < classes; k++) {
        int i = row * classes + k;
        double score = scores.get(i);
        // Where the highest score is asked for, 0 is nobody's answer.
        boolean yes =
            threshold.isPresent() ? score > least : score >= least && Math.abs(score) > 1e-9;
        said[k] += yes ? weight.at(i) : 0;
        there[k] += targets.get(i) * weight.at(i);
        hits[k] += yes ? targets.get(i) * weight.at(i) : 0;
      }
    }
  }

  private static double largest(Storage scores, int start, int classes) {
    return IntStream.range(start, start + classes)
        .mapToDouble(scores::get)
        .max()
        .orElse(Double.NaN);
  }

  /// Returns the score of each class; 0 for a class that was neither there nor predicted.
  public double[] perClass() {
    return IntStream.range(0, hits.length)
        .mapToDouble(k -> score(hits[k], said[k], there[k]))
        .toArray();
  }

  private static double score(double hits, double said, double there) {
    return hits == 0 ? 0 : 2 * hits / (said + there);
  }

  @Override
  public double result() {
    double[] scores = perClass();
    double all = sum(there);
    return switch (average) {
      case MICRO -> score(sum(hits), sum(said), all);
      case MACRO -> Arrays.stream(scores).average().orElse(0);
      case WEIGHTED ->
          all == 0
              ? 0
              : IntStream.range(0, scores.length).mapToDouble(k -> scores[k] * there[k]).sum()
                  / all;
    };
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }

  @Override
  public void reset() {
    hits = new double[0];
    said = new double[0];
    there = new double[0];
  }
}
