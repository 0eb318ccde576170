package taut.training;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import taut.core.Storage;
import taut.core.Tensor;

/// The area under a curve that shows what each threshold gives, approximated from a number of
/// thresholds as in Keras.
///
/// Predictions are probabilities, or logits with [#fromLogits]; targets are 0 or 1. [Curve#ROC] is
/// recall over the share of negatives called positive; its area is the probability that a positive
/// scores higher than a negative.
public final class AreaUnderCurve implements Metric {
  /// What is drawn.
  public enum Curve {
    /// The share of positives that are found over the share of negatives that are called positive.
    ROC,
    /// Precision over recall.
    PRECISION_RECALL
  }

  /// How the area between two thresholds is measured.
  public enum Summation {
    /// By a straight line; for precision and recall by that of the counts (Davis and Goadrich
    /// 2006).
    INTERPOLATION,
    /// From below.
    MINORING,
    /// From above.
    MAJORING
  }

  /// The number of thresholds unless told otherwise.
  public static final int DEFAULT_THRESHOLDS = 200;

  private static final double EPSILON = 1e-7;

  private final Curve curve;
  private final Summation summation;
  private final boolean logits;

  /// Ascending, from just below 0 to just above 1.
  private final double[] thresholds;

  /// The weights of targets by how many thresholds their predictions are above.
  private final double[] positives;

  private final double[] negatives;

  private AreaUnderCurve(Curve curve, Summation summation, boolean logits, double[] thresholds) {
    this.curve = curve;
    this.summation = summation;
    this.logits = logits;
    this.thresholds = thresholds;
    this.positives = new double[thresholds.length + 1];
    this.negatives = new double[thresholds.length + 1];
  }

  static AreaUnderCurve of(Curve curve) {
    return new AreaUnderCurve(curve, Summation.INTERPOLATION, false, even(DEFAULT_THRESHOLDS));
  }

  /// Returns the metric with a number of evenly spaced thresholds, 2 or more.
  public AreaUnderCurve thresholds(int count) {
    if (count < 2) {
      throw new IllegalArgumentException("auc: wants 2 or more thresholds, got " + count);
    }
    return new AreaUnderCurve(curve, summation, logits, even(count));
  }

  /// Returns the metric with given thresholds from 0 to 1, besides those at the ends.
  public AreaUnderCurve thresholdsAt(double... inner) {
    if (!Arrays.stream(inner).allMatch(t -> t >= 0 && t <= 1)) {
      throw new IllegalArgumentException(
          "auc: wants thresholds from 0 to 1, got " + Arrays.toString(inner));
    }
    return new AreaUnderCurve(curve, summation, logits, withEnds(Arrays.stream(inner).sorted()));
  }

  /// Returns the metric with another way to measure the area.
  public AreaUnderCurve summation(Summation summation) {
    return new AreaUnderCurve(curve, summation, logits, thresholds);
  }

  /// Returns the metric for predictions that are logits: their sigmoid is taken first.
  public AreaUnderCurve fromLogits() {
    return new AreaUnderCurve(curve, summation, true, thresholds);
  }

  private static double[] even(int count) {
    return withEnds(IntStream.range(1, count - 1).mapToDouble(i -> i / (count - 1.0)));
  }

  private static double[] withEnds(DoubleStream inner) {
    return DoubleStream.concat(
            DoubleStream.of(-EPSILON), DoubleStream.concat(inner, DoubleStream.of(1 + EPSILON)))
        .toArray();
  }

  @Override
  public String name() {
    return "auc";
  }

  @Override
  public void update(Tensor target, Tensor prediction, Tensor weights) {
    Storage targets = Targets.like(name(), target, prediction).storage();
    Storage predictions = prediction.storage();
    SampleWeights.Reader weight = SampleWeights.reader(prediction, weights);
    check(predictions);
    for (int i = 0; i < predictions.length(); i++) {
      double[] counts = targets.get(i) != 0 ? positives : negatives;
      counts[below(probability(predictions.get(i)))] += weight.at(i);
    }
  }

  private void check(Storage predictions) {
    for (int i = 0; !logits && i < predictions.length(); i++) {
      double prediction = predictions.get(i);
      if (prediction < 0 || prediction > 1) {
        throw new IllegalArgumentException(
            "auc: wants probabilities from 0 to 1, got "
                + prediction
                + "; for logits use Metrics.auc().fromLogits()");
      }
    }
  }

  private double probability(double prediction) {
    return logits ? 1 / (1 + Math.exp(-prediction)) : prediction;
  }

  /// Returns how many thresholds a prediction is above; none for NaN.
  private int below(double prediction) {
    if (Double.isNaN(prediction)) {
      return 0;
    }
    int at = Arrays.binarySearch(thresholds, prediction);
    if (at < 0) {
      return -at - 1;
    }
    while (at > 0 && thresholds[at - 1] == prediction) {
      at--;
    }
    return at;
  }

  @Override
  public double result() {
    double[] hits = above(positives);
    double[] alarms = above(negatives);
    double allPositive = Arrays.stream(positives).sum();
    double allNegative = Arrays.stream(negatives).sum();
    double area = 0;
    for (int i = 0; i + 1 < thresholds.length; i++) {
      if (curve == Curve.PRECISION_RECALL && summation == Summation.INTERPOLATION) {
        area += ratio(interpolated(hits, alarms, i), allPositive);
        continue;
      }
      boolean roc = curve == Curve.ROC;
      double[] across = roc ? alarms : hits;
      double width = ratio(across[i] - across[i + 1], roc ? allNegative : allPositive);
      double left = roc ? ratio(hits[i], allPositive) : ratio(hits[i], hits[i] + alarms[i]);
      double right =
          roc ? ratio(hits[i + 1], allPositive) : ratio(hits[i + 1], hits[i + 1] + alarms[i + 1]);
      area +=
          width
              * switch (summation) {
                case INTERPOLATION -> (left + right) / 2;
                case MINORING -> Math.min(left, right);
                case MAJORING -> Math.max(left, right);
              };
    }
    return area;
  }

  /// Integrates precision between two thresholds, where hits grow linearly with what is called
  /// positive.
  private static double interpolated(double[] hits, double[] alarms, int i) {
    double calledHere = hits[i] + alarms[i];
    double calledNext = hits[i + 1] + alarms[i + 1];
    double gained = hits[i] - hits[i + 1];
    double slope = ratio(gained, Math.max(calledHere - calledNext, 0));
    double intercept = hits[i + 1] - slope * calledNext;
    double logarithm = calledHere > 0 && calledNext > 0 ? Math.log(calledHere / calledNext) : 0;
    return slope * (gained + intercept * logarithm);
  }

  /// Returns for each threshold the weight of what is above it.
  private double[] above(double[] counts) {
    double[] result = new double[thresholds.length];
    double sum = 0;
    for (int i = thresholds.length - 1; i >= 0; i--) {
      sum += counts[i + 1];
      result[i] = sum;
    }
    return result;
  }

  private static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }

  @Override
  public void reset() {
    Arrays.fill(positives, 0);
    Arrays.fill(negatives, 0);
  }
}
