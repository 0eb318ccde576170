package taut.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import taut.autodiff.Autodiff;
import taut.core.DType;
import taut.core.Shape;
import taut.core.Tensor;

/// How losses meet targets, weights and mistakes.
class LossTest {
  private static final Tensor COLUMN = Tensor.of(Shape.of(3, 1), 1f, 2, 4);
  private static final Tensor VECTOR = Tensor.vector(1, 1, 1);

  private static void fails(Executable call, String... parts) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), () -> "'" + part + "' is not in: " + message);
    }
  }

  @Test
  void aMissingLastAxisOfOneIsAdded() {
    assertEquals(10 / 3.0, Losses.meanSquaredError().of(VECTOR, COLUMN).item(), 1e-6);
    assertEquals(10 / 3.0, Losses.meanSquaredError().of(COLUMN, VECTOR).item(), 1e-6);
    assertArrayEquals(
        new double[] {0, 1, 9}, Losses.meanSquaredError().perSample(VECTOR, COLUMN).toDoubles());
    assertArrayEquals(
        new double[] {0, 1, 9},
        Losses.meanSquaredError().perSample(VECTOR, COLUMN.squeeze()).toDoubles());
  }

  @Test
  void nothingElseBroadcasts() {
    fails(
        () -> Losses.meanSquaredError().of(VECTOR, Tensor.zeros(3, 3)),
        "meanSquaredError",
        "[3, 3]",
        "FLOAT32[3]");
    fails(() -> Losses.binaryCrossentropy().of(Tensor.zeros(1, 3), Tensor.zeros(3, 3)), "[1, 3]");
    fails(() -> Losses.huber().of(Tensor.zeros(4), Tensor.zeros(3)), "huber", "[4]", "[3]");
    fails(
        () -> Losses.klDivergence().of(Tensor.zeros(3), Tensor.zeros(3, 1)), "klDivergence", "[3]");
  }

  @Test
  void wholeNumbersAreConvertedAndFloatingTypesAreNotMixed() {
    Tensor bits = Tensor.of(Shape.of(3), 1, 0, 1);
    Tensor p = Tensor.vector(0.5f, 0.5f, 0.5f);
    assertEquals(Math.log(2), Losses.binaryCrossentropy().of(bits, p).item(), 1e-6);
    assertEquals(
        Math.log(2), Losses.binaryCrossentropy().of(bits.cast(DType.BOOL), p).item(), 1e-6);
    fails(
        () -> Losses.meanSquaredError().of(p.cast(DType.FLOAT64), p),
        "FLOAT64[3]",
        "FLOAT32",
        "cast");
    fails(() -> Losses.meanSquaredError().of(bits, bits), "floating-point predictions", "INT32");
  }

  @Test
  void labelsMustNameAClass() {
    Tensor p = Tensor.ones(2, 3);
    for (Loss loss :
        new Loss[] {
          Losses.sparseCategoricalCrossentropy(),
          Losses.sparseCategoricalCrossentropy().fromLogits()
        }) {
      fails(() -> loss.of(Tensor.of(Shape.of(2), 0, 3), p), "label 3", "position 1", "0 … 2");
      fails(() -> loss.of(Tensor.of(Shape.of(2), -1, 0), p), "label -1", "position 0");
      fails(() -> loss.of(Tensor.vector(0, 1), p), "INT32[2]", "FLOAT32[2]", "cast");
      fails(() -> loss.of(Tensor.of(Shape.of(3), 0, 0, 0), p), "INT32[2]", "INT32[3]");
      fails(() -> loss.of(Tensor.of(Shape.of(2), 0, 0), Tensor.ones(2, 1)), "at least 2 classes");
    }
    fails(
        () -> Losses.categoricalCrossentropy().of(Tensor.ones(2, 1), Tensor.ones(2, 1)),
        "at least 2 classes",
        "binaryCrossentropy");
    fails(
        () -> Losses.categoricalCrossentropy().of(Tensor.of(Shape.of(2), 0, 1), p),
        "categoricalCrossentropy",
        "INT32[2]");
  }

  @Test
  void checkFindsTargetsThatCannotBeRight() {
    Tensor targets = Tensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, Float.NaN);
    fails(() -> Losses.meanSquaredError().check(targets), "meanSquaredError", "NaN", "row 2");
    Loss own = (t, p) -> p.sub(t).abs();
    fails(() -> own.check(targets), "NaN", "row 2");
    Losses.meanSquaredError().check(COLUMN);
    Loss sparse = Losses.sparseCategoricalCrossentropy();
    fails(() -> sparse.check(VECTOR), "INT32", "cast");
    fails(() -> sparse.check(Tensor.of(Shape.of(2), 0, -2)), "label -2", "position 1");
    sparse.check(Tensor.of(Shape.of(2), 0, 7));
  }

  @Test
  void nanReachesTheLoss() {
    Tensor p = Tensor.of(Shape.of(2, 2), 0.5f, 0.5f, Float.NaN, 0.5f);
    Tensor labels = Tensor.of(Shape.of(2), 0, 0);
    Tensor bits = Tensor.of(Shape.of(2, 2), 1f, 0, 1, 0);
    assertTrue(Double.isNaN(Losses.binaryCrossentropy().of(bits, p).item()));
    assertTrue(Double.isNaN(Losses.binaryCrossentropy().fromLogits().of(bits, p).item()));
    assertTrue(Double.isNaN(Losses.categoricalCrossentropy().of(bits, p).item()));
    assertTrue(Double.isNaN(Losses.sparseCategoricalCrossentropy().of(labels, p).item()));
    assertTrue(Double.isNaN(Losses.meanSquaredError().of(bits, p).item()));
  }

  @Test
  void anyFunctionIsALoss() {
    Loss scalar = (t, p) -> p.sub(t).square().mean();
    Loss rows = (t, p) -> p.sub(t).square().mean(-1);
    Tensor target = COLUMN.add(1);
    assertEquals(1, scalar.of(target, COLUMN).item());
    assertEquals(1, rows.of(target, COLUMN).item());
    assertEquals(3, rows.reducedBy(LossReduction.SUM).of(target, COLUMN).item());
    assertEquals(2 / 3.0, rows.of(target, COLUMN, Tensor.vector(2, 0, 0)).item(), 1e-7);
  }

  @Test
  void weightsCountWholeSamples() {
    Loss loss = Losses.meanSquaredError();
    Tensor target = Tensor.zeros(2, 3, 4);
    Tensor ones = Tensor.ones(2, 3, 4);
    Tensor weights = Tensor.vector(1, 3);
    assertEquals(2, loss.of(target, ones, weights).item());
    assertEquals(2, loss.of(target, ones, weights.reshape(2, 1)).item());
    assertEquals(Shape.of(2, 3), loss.perSample(target, ones, weights).shape());
    fails(() -> loss.of(target, ones, Tensor.ones(3)), "sample weights", "[2, 3]", "[3]");
    fails(() -> loss.of(target, ones, Tensor.ones(2, 3, 4)), "[2, 3, 4]");
    fails(() -> loss.of(target, ones, Tensor.ones(1, 3)), "[1, 3]");
    Tensor none = Tensor.zeros(2);
    assertEquals(0, loss.reducedBy(LossReduction.WEIGHTED_MEAN).of(target, ones, none).item());
  }

  @Test
  void fromLogitsNeverOverflows() {
    Tensor logits = Tensor.of(Shape.of(2, 2), 1000f, -1000, -1000, 1000);
    Tensor right = Tensor.of(Shape.of(2, 2), 1f, 0, 0, 1);
    assertEquals(0, Losses.binaryCrossentropy().fromLogits().of(right, logits).item());
    assertEquals(
        1000, Losses.binaryCrossentropy().fromLogits().of(right, logits.neg()).item(), 1e-3);
    assertEquals(0, Losses.categoricalCrossentropy().fromLogits().of(right, logits).item());
  }

  @Test
  void settingsAreChecked() {
    fails(() -> Losses.binaryCrossentropy().labelSmoothing(1.5), "1.5");
    fails(() -> Losses.categoricalCrossentropy().labelSmoothing(Double.NaN), "NaN");
    fails(() -> Losses.huber(0), "delta", "0.0");
    fails(() -> Losses.binaryFocalCrossentropy().gamma(-1), "gamma", "-1.0");
    fails(() -> Losses.binaryFocalCrossentropy().balanced(2), "2.0");
    assertFalse(Losses.binaryCrossentropy().equals(Losses.binaryCrossentropy().fromLogits()));
  }

  @Test
  void focalCrossentropyOfLogitsLearnsFromTheWorstMistakes() {
    Tensor gradient =
        Autodiff.grad(x -> Losses.binaryFocalCrossentropy().fromLogits().of(Tensor.vector(1), x))
            .apply(Tensor.vector(-40));
    assertEquals(-1, gradient.item(), 1e-6);
  }
}
