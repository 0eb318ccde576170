package taut.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import taut.autodiff.GradientTape;
import taut.autodiff.Unconnected;
import taut.core.Shape;
import taut.core.Tensor;

/// What metrics count, and what they refuse.
class MetricTest {
  private static final Tensor LABELS = Tensor.of(Shape.of(4), 0, 1, 2, 2);
  private static final Tensor SCORES =
      Tensor.of(Shape.of(4, 3), .5f, .3f, .2f, .1f, .2f, .7f, .1f, .1f, .8f, .4f, .4f, .2f);

  private static double score(Metric metric, Tensor target, Tensor prediction) {
    metric.update(target, prediction);
    return metric.result();
  }

  @Test
  void accuracyFollowsTheShapes() {
    Tensor bits = Tensor.vector(1, 0, 1, 1);
    Tensor probabilities = Tensor.vector(0.9f, 0.2f, 0.5f, 0.51f);
    assertEquals(0.75, score(Metrics.accuracy(), bits, probabilities));
    assertEquals(0.75, score(Metrics.accuracy(), bits, probabilities.reshape(4, 1)));
    assertEquals(0.75, score(Metrics.accuracy(), bits.reshape(4, 1), probabilities));
    assertEquals(0.5, score(Metrics.accuracy(), LABELS, SCORES));
    assertEquals(0.5, score(Metrics.accuracy(), LABELS.reshape(4, 1), SCORES));
    assertEquals(0.5, score(Metrics.accuracy(), LABELS.oneHot(3, SCORES.dtype()), SCORES));
  }

  @Test
  void topKCountsTies() {
    assertEquals(0.5, score(Metrics.topK(1), LABELS, SCORES));
    assertEquals(0.75, score(Metrics.topK(2), LABELS, SCORES));
    assertEquals(1, score(Metrics.topK(3), LABELS, SCORES));
    assertThrows(IllegalArgumentException.class, () -> Metrics.topK(0));
  }

  @Test
  void aPredictionOfNanIsWrong() {
    Tensor scores = Tensor.of(Shape.of(1, 2), Float.NaN, 0);
    for (int label = 0; label < 2; label++) {
      Tensor labels = Tensor.of(Shape.of(1), label);
      assertEquals(0, score(Metrics.sparseCategoricalAccuracy(), labels, scores));
      assertEquals(0, score(Metrics.topK(2), labels, scores));
    }
    assertEquals(0, score(Metrics.accuracy(), Tensor.vector(1), Tensor.vector(Float.NaN)));
  }

  @Test
  void scoresOfBatchesAreWeightedByTheirSizes() {
    Metric metric = Metrics.meanAbsoluteError();
    metric.update(Tensor.vector(0), Tensor.vector(3));
    metric.update(Tensor.vector(0, 0), Tensor.vector(0, 0));
    assertEquals(1, metric.result());
    metric.reset();
    assertEquals(0, metric.result());
    metric.update(Tensor.vector(0, 0), Tensor.vector(2, 4), Tensor.vector(3, 1));
    assertEquals(2.5, metric.result());
  }

  static Stream<Metric> all() {
    return Stream.of(
        Metrics.accuracy(),
        Metrics.binaryAccuracy(),
        Metrics.precision(),
        Metrics.recall(0.3),
        Metrics.auc(),
        Metrics.auc(AreaUnderCurve.Curve.PRECISION_RECALL).thresholds(20),
        Metrics.f1().threshold(0.5),
        Metrics.r2(),
        Metrics.meanAbsoluteError(),
        Metrics.meanSquaredError(),
        Metrics.rootMeanSquaredError(),
        Metrics.mean("loss", Losses.binaryCrossentropy()).named("data loss"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void nothingIsZeroAndResetForgets(Metric metric) {
    assertEquals(0, metric.result());
    Tensor target = Tensor.of(Shape.of(4, 1), 1f, 0, 1, 0);
    Tensor prediction = Tensor.of(Shape.of(4, 1), .9f, .4f, .3f, .6f);
    double first = score(metric, target, prediction);
    assertTrue(Double.isFinite(first));
    score(metric, target, prediction);
    assertEquals(first, metric.result(), 1e-12, "the same data again");
    metric.update(target, target.subFrom(1));
    metric.reset();
    assertEquals(0, metric.result());
    assertEquals(first, score(metric, target, prediction));
    assertThrows(
        IllegalArgumentException.class, () -> metric.update(Tensor.zeros(3, 1), prediction));
    assertThrows(
        IllegalArgumentException.class, () -> metric.update(target, prediction, Tensor.ones(3)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void addsNothingToATape(Metric metric) {
    Tensor prediction = Tensor.of(Shape.of(2, 1), .9f, .4f);
    try (GradientTape tape = new GradientTape()) {
      tape.watch(prediction);
      Tensor loss = prediction.sumOfSquares();
      metric.update(Tensor.of(Shape.of(2, 1), 1f, 0), prediction);
      double result = metric.result();
      Tensor gradient = tape.gradients(loss, List.of(prediction), Unconnected.NONE).getFirst();
      assertArrayEquals(new double[] {1.8, 0.8}, gradient.toDoubles(), 1e-6);
      assertEquals(result, metric.result());
    }
  }

  @Test
  void theAreaUnderACurveWantsProbabilitiesOrToldLogits() {
    Tensor target = Tensor.vector(0, 0, 1, 1);
    Tensor logits = Tensor.vector(-3, 1, -1, 4);
    var refused =
        assertThrows(IllegalArgumentException.class, () -> Metrics.auc().update(target, logits));
    assertTrue(refused.getMessage().contains("from 0 to 1, got -3.0"), refused.getMessage());
    double ofProbabilities = score(Metrics.auc(), target, logits.sigmoid());
    assertEquals(0.75, ofProbabilities, 1e-12, "three of four pairs are in order");
    assertEquals(ofProbabilities, score(Metrics.auc().fromLogits(), target, logits), 1e-12);
    Metric fine = Metrics.auc().fromLogits().thresholds(1001);
    assertEquals(ofProbabilities, score(fine, target, logits), 1e-12);
  }

  @Test
  void theScoresOfClassesAndOutputs() {
    F1Score f1 = Metrics.f1();
    f1.update(LABELS.oneHot(3, SCORES.dtype()), SCORES);
    // The fourth row has two highest scores, and both count as predicted.
    assertArrayEquals(new double[] {2 / 3.0, 0, 0.5}, f1.perClass(), 1e-12);
    assertEquals((2 / 3.0 + 0.5) / 3, f1.result(), 1e-12);
    R2Score r2 = Metrics.r2();
    Tensor target = Tensor.of(Shape.of(3, 2), 1f, 5, 2, 5, 3, 5);
    r2.update(target, target);
    assertArrayEquals(new double[] {1, 0}, r2.perOutput(), "an output that never varies");
  }

  @Test
  void refusesOtherShapesThanBefore() {
    Metric r2 = Metrics.r2();
    r2.update(Tensor.zeros(2, 2), Tensor.zeros(2, 2));
    assertThrows(
        IllegalArgumentException.class, () -> r2.update(Tensor.zeros(2, 3), Tensor.zeros(2, 3)));
    Metric f1 = Metrics.f1();
    f1.update(Tensor.zeros(2, 2), Tensor.zeros(2, 2));
    assertThrows(
        IllegalArgumentException.class, () -> f1.update(Tensor.zeros(2, 3), Tensor.zeros(2, 3)));
  }

  @Test
  void aPredictionThatIsNoNumberIsWrong() {
    Tensor zeros = Tensor.vector(0, 0);
    assertEquals(0.5, score(Metrics.binaryAccuracy(), zeros, Tensor.vector(Float.NaN, 0.2f)));
    assertEquals(0.5, score(Metrics.accuracy(), zeros, Tensor.vector(Float.NaN, 0.2f)));
  }

  @Test
  void r2ReadsTheVariationOfTargetsFarFromZero() {
    double[] targets = {1e9 + 1, 1e9 + 2, 1e9 + 3};
    Tensor target = Tensor.of(Shape.of(3), targets);
    Tensor prediction = Tensor.of(Shape.of(3), targets[0], targets[1], targets[1]);
    assertEquals(0.5, score(Metrics.r2(), target, prediction), 1e-9);
    Tensor constant = Tensor.of(Shape.of(3), 0.1, 0.1, 0.1);
    assertEquals(0, score(Metrics.r2(), constant, Tensor.of(Shape.of(3), 0.0, 0.0, 0.0)));
  }
}
