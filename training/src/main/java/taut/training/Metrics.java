package taut.training;

import java.util.OptionalDouble;

/// Makes Taut's metrics. The meanings and defaults are Keras's.
public final class Metrics {
  private static final double THRESHOLD = 0.5;

  private Metrics() {}

  /// Returns the share of right answers; whether they are yes or no, labels or one-hot classes
  /// follows from the shapes.
  public static Metric accuracy() {
    return new Accuracy();
  }

  /// Returns the share of right yes-or-no answers, a probability above ½ being yes.
  public static Metric binaryAccuracy() {
    return binaryAccuracy(THRESHOLD);
  }

  /// Returns the share of right yes-or-no answers, a probability above the threshold being yes.
  public static Metric binaryAccuracy(double threshold) {
    return new BinaryAccuracy(threshold);
  }

  /// Returns the share of samples whose true class has the highest score, for one-hot targets.
  public static Metric categoricalAccuracy() {
    return new ClassAccuracy("categoricalAccuracy", 1, ClassAccuracy.Form.DENSE);
  }

  /// Returns the share of samples whose true class has the highest score, for INT32 labels.
  public static Metric sparseCategoricalAccuracy() {
    return new ClassAccuracy("sparseCategoricalAccuracy", 1, ClassAccuracy.Form.SPARSE);
  }

  /// Returns the share of samples whose true class has one of the k highest scores, for labels or
  /// one-hot targets.
  public static Metric topK(int k) {
    return new ClassAccuracy("top" + k + "Accuracy", k, ClassAccuracy.Form.BY_SHAPE);
  }

  /// Returns the share of true positives among the predicted ones, those above ½.
  public static Metric precision() {
    return precision(THRESHOLD);
  }

  /// Returns the share of true positives among the predicted ones, those above the threshold.
  public static Metric precision(double threshold) {
    return new PrecisionOrRecall("precision", false, threshold);
  }

  /// Returns the share of the positives that are predicted, with a probability above ½.
  public static Metric recall() {
    return recall(THRESHOLD);
  }

  /// Returns the share of the positives that are predicted, with a probability above the threshold.
  public static Metric recall(double threshold) {
    return new PrecisionOrRecall("recall", true, threshold);
  }

  /// Returns the area under the receiver operating characteristic.
  public static AreaUnderCurve auc() {
    return auc(AreaUnderCurve.Curve.ROC);
  }

  /// Returns the area under a curve.
  public static AreaUnderCurve auc(AreaUnderCurve.Curve curve) {
    return AreaUnderCurve.of(curve);
  }

  /// Returns the mean over the classes of the harmonic mean of precision and recall.
  public static F1Score f1() {
    return new F1Score(F1Score.Average.MACRO, OptionalDouble.empty());
  }

  /// Returns the share of variance that is explained.
  public static R2Score r2() {
    return new R2Score(false);
  }

  /// Returns the mean absolute error.
  public static Metric meanAbsoluteError() {
    return mean("meanAbsoluteError", Losses.meanAbsoluteError());
  }

  /// Returns the mean squared error.
  public static Metric meanSquaredError() {
    return mean("meanSquaredError", Losses.meanSquaredError());
  }

  /// Returns the root of the mean squared error.
  public static Metric rootMeanSquaredError() {
    return new LossMetric("rootMeanSquaredError", Losses.meanSquaredError(), true);
  }

  /// Returns the mean of any loss, without penalties.
  public static Metric mean(String name, Loss loss) {
    return new LossMetric(name, loss, false);
  }
}
