package taut.training;

import java.util.Arrays;
import java.util.stream.IntStream;
import taut.core.Storage;
import taut.core.Tensor;

/// The share of the targets' variance that predictions explain: 1 - Σ(t - p)² / Σ(t - mean t)².
///
/// 1 is perfect, 0 is no better than the mean, and below 0 is worse. Several outputs are scored one
/// by one and then averaged.
public final class R2Score implements Metric {
  private final boolean byVariance;
  private double weight;
  private double[] errors = {};

  /// The first target of each output, which is taken off all of them: the variation is a difference
  /// of two sums, and of targets far from 0 rounding would be all that is left.
  private double[] origin = {};

  private double[] sums = {};
  private double[] squares = {};

  R2Score(boolean byVariance) {
    this.byVariance = byVariance;
  }

  /// Returns the metric with outputs weighted by the variance of their targets in the average.
  public R2Score weightedByVariance() {
    return new R2Score(true);
  }

  @Override
  public String name() {
    return "r2";
  }

  @Override
  public void update(Tensor target, Tensor prediction, Tensor weights) {
    Storage targets = Targets.like(name(), target, prediction).storage();
    if (prediction.rank() > 2) {
      throw new IllegalArgumentException(
          "r2: wants predictions [batch] or [batch, outputs], got " + prediction.spec());
    }
    int outputs = prediction.rank() == 2 ? prediction.dim(1) : 1;
    if (errors.length == 0) {
      errors = new double[outputs];
      origin = new double[outputs];
      Arrays.setAll(origin, k -> targets.length() == 0 ? 0 : targets.get(k));
      sums = new double[outputs];
      squares = new double[outputs];
    }
    if (errors.length != outputs) {
      throw new IllegalArgumentException(
          "r2: wants " + errors.length + " outputs as before, got " + prediction.spec());
    }
    Storage predictions = prediction.storage();
    SampleWeights.Reader reader = SampleWeights.reader(prediction, weights);
    for (int i = 0; i < predictions.length(); i++) {
      int output = i % outputs;
      double t = targets.get(i);
      double error = t - predictions.get(i);
      double fromOrigin = t - origin[output];
      double w = reader.at(i);
      errors[output] += w * error * error;
      sums[output] += w * fromOrigin;
      squares[output] += w * fromOrigin * fromOrigin;
      weight += output == 0 ? w : 0;
    }
  }

  /// Returns the score of each output; 0 where the targets do not vary.
  public double[] perOutput() {
    return IntStream.range(0, errors.length)
        .mapToDouble(k -> variation(k) == 0 ? 0 : 1 - errors[k] / variation(k))
        .toArray();
  }

  private double variation(int output) {
    return squares[output] - sums[output] * sums[output] / weight;
  }

  @Override
  public double result() {
    double[] scores = perOutput();
    if (!byVariance) {
      return Arrays.stream(scores).average().orElse(0);
    }
    double all = IntStream.range(0, scores.length).mapToDouble(this::variation).sum();
    double weighted =
        IntStream.range(0, scores.length).mapToDouble(k -> scores[k] * variation(k)).sum();
    return all == 0 ? 0 : weighted / all;
  }

  @Override
  public void reset() {
    weight = 0;
    errors = new double[0];
    sums = new double[0];
    squares = new double[0];
  }
}
