package taut.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import taut.autodiff.GradientTape;
import taut.autodiff.Gradients;
import taut.autodiff.Variable;
import taut.core.DType;
import taut.core.MemoryScope;
import taut.core.Op;
import taut.core.Recorder;
import taut.core.Tensor;

/// What all optimizers have in common, and what they refuse.
class OptimizerTest {
  private final Variable w = Variable.trainable("dense/kernel", Tensor.ones(2, 3));
  private final Variable b = Variable.trainable("dense/bias", Tensor.ones(3));

  static Stream<Supplier<Optimizer>> all() {
    return Stream.of(
        Sgd::new,
        () -> new Sgd(0.1).momentum(0.9),
        () -> new Sgd(0.1).momentum(0.9).nesterov(),
        Adam::new,
        () -> new Adam().amsgrad(),
        AdamW::new);
  }

  private static Gradients gradients(Variable variable, double value) {
    return Gradients.of(Map.of(variable, Tensor.full(variable.shape(), value, variable.dtype())));
  }

  private static double first(Variable variable) {
    return variable.value().toDoubles()[0];
  }

  @ParameterizedTest
  @MethodSource("all")
  void descendsToTheMinimumOfAParabola(Supplier<Optimizer> make) {
    Variable x = Variable.trainable("x", Tensor.vector(2, -1.5f, 0.5f));
    Optimizer optimizer = make.get();
    double before = x.value().sumOfSquares().item();
    for (int i = 0; i < 200; i++) {
      try (var _ = MemoryScope.open();
          GradientTape tape = new GradientTape()) {
        Tensor loss = x.value().sumOfSquares();
        optimizer.apply(tape.gradient(loss, List.of(x)));
      }
    }
    assertEquals(200, optimizer.steps());
    assertTrue(x.value().sumOfSquares().item() < before, optimizer::toString);
  }

  @ParameterizedTest
  @MethodSource("all")
  void nanStaysNan(Supplier<Optimizer> make) {
    Optimizer optimizer = make.get().clipNorm(1);
    optimizer.apply(gradients(w, Double.NaN));
    assertTrue(Double.isNaN(first(w)), optimizer::toString);
  }

  @ParameterizedTest
  @MethodSource("all")
  void leavesVariablesWithoutGradientAndFrozenOnesAlone(Supplier<Optimizer> make) {
    Variable frozen = Variable.trainable("frozen", Tensor.ones(3));
    frozen.setTrainable(false);
    Optimizer optimizer = make.get();
    optimizer.apply(Gradients.of(Map.of(w, Tensor.ones(2, 3), frozen, Tensor.ones(3))));
    assertEquals(1, first(b));
    assertEquals(1, first(frozen));
    assertTrue(first(w) < 1);
  }

  @ParameterizedTest
  @MethodSource("all")
  void isHeardByNoRecorder(Supplier<Optimizer> make) {
    Optimizer optimizer = make.get().globalClipNorm(0.1).weightDecay(0.1).movingAverage(0.9, 2);
    Recorder silence =
        (Op op, Tensor[] inputs, Tensor output) -> {
          throw new AssertionError("heard " + op.label());
        };
    Gradients gradients = gradients(w, 1);
    Recorder.start(silence);
    try {
      optimizer.apply(gradients);
      optimizer.apply(gradients);
      optimizer.finalizeAverages();
    } finally {
      Recorder.stop(silence);
    }
    try (GradientTape tape = new GradientTape()) {
      optimizer.apply(gradients);
      assertEquals(List.of(), tape.watchedVariables());
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void singleAndDoublePrecisionAgree(Supplier<Optimizer> make) {
    Variable single = Variable.trainable("single", Tensor.ones(37));
    Variable twice = Variable.trainable("double", Tensor.ones(37).cast(DType.FLOAT64));
    Optimizer one = make.get().clipValue(0.4).weightDecay(0.1, v -> true).movingAverage(0.5, 3);
    Optimizer two = make.get().clipValue(0.4).weightDecay(0.1, v -> true).movingAverage(0.5, 3);
    for (int i = 0; i < 7; i++) {
      one.apply(gradients(single, Math.sin(i)));
      two.apply(gradients(twice, Math.sin(i)));
    }
    assertArrayEquals(twice.value().toDoubles(), single.value().toDoubles(), 1e-6);
  }

  @Test
  void tensorsReadBeforeAStepAreStale() {
    Tensor before = w.value();
    new Sgd().apply(gradients(w, 1));
    assertThrows(IllegalStateException.class, before::toFloats);
  }

  @Test
  void wantsAGradient() {
    Optimizer optimizer = new Sgd();
    var none =
        assertThrows(IllegalArgumentException.class, () -> optimizer.apply(Gradients.of(Map.of())));
    assertTrue(none.getMessage().contains("at least one trainable variable"), none.getMessage());
    w.setTrainable(false);
    assertThrows(IllegalArgumentException.class, () -> optimizer.apply(gradients(w, 1)));
    assertEquals(0, optimizer.steps());
  }

  @Test
  void aGradientOfAnotherShapeNamesTheVariable() {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Sgd().apply(Gradients.of(Map.of(w, Tensor.ones(3, 2)))));
    assertTrue(error.getMessage().contains("dense/kernel"), error.getMessage());
    assertTrue(error.getMessage().contains("[2, 3]"), error.getMessage());
    assertTrue(error.getMessage().contains("[3, 2]"), error.getMessage());
  }

  @Test
  void settingsAreForTheTimeBeforeTheFirstStep() {
    Adam optimizer = new Adam();
    optimizer.apply(gradients(w, 1));
    assertThrows(IllegalStateException.class, () -> optimizer.clipNorm(1));
    assertThrows(IllegalStateException.class, () -> optimizer.weightDecay(0.1));
    assertThrows(IllegalStateException.class, () -> optimizer.movingAverage(0.9));
    assertThrows(IllegalStateException.class, optimizer::amsgrad);
    assertThrows(IllegalStateException.class, () -> optimizer.beta1(0.5));
    assertThrows(IllegalStateException.class, optimizer::finalizeAverages);
  }

  @Test
  void onlyOneLimitOfGradients() {
    var error =
        assertThrows(IllegalStateException.class, () -> new Sgd().clipNorm(1).globalClipNorm(2));
    assertTrue(error.getMessage().contains("norm 1.0"), error.getMessage());
  }

  @Test
  void refusesNumbersThatMeanNothing() {
    assertThrows(IllegalArgumentException.class, () -> new Sgd(-0.1));
    assertThrows(IllegalArgumentException.class, () -> new Sgd(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new Sgd().momentum(1));
    assertThrows(IllegalArgumentException.class, () -> new Adam().beta2(1));
    assertThrows(IllegalArgumentException.class, () -> new Adam().epsilon(0));
    assertThrows(IllegalArgumentException.class, () -> new Sgd().clipNorm(0));
    assertThrows(IllegalArgumentException.class, () -> new Sgd().weightDecay(-1));
    assertThrows(IllegalArgumentException.class, () -> new Sgd().movingAverage(1));
    assertThrows(IllegalArgumentException.class, () -> new Sgd().movingAverage(0.9, 0));
    assertThrows(IllegalStateException.class, () -> new Sgd().nesterov());
    Sgd nesterov = new Sgd().momentum(0.9).nesterov();
    assertThrows(IllegalStateException.class, () -> nesterov.momentum(0));
    Optimizer broken = new Sgd(step -> step == 0 ? 0.1 : Double.NaN);
    broken.apply(gradients(w, 1));
    assertThrows(IllegalStateException.class, () -> broken.apply(gradients(w, 1)));
  }

  @Test
  void theRateFollowsTheSchedule() {
    Optimizer optimizer = new Sgd(step -> 1.0 / (1 + step));
    assertEquals(1, optimizer.learningRate());
    optimizer.apply(gradients(w, 0.5));
    assertEquals(0.5, first(w));
    assertEquals(0.5, optimizer.learningRate());
    optimizer.apply(gradients(w, 0.5));
    assertEquals(0.25, first(w));
  }

  @Test
  void decayLeavesBiasesAloneUnlessAsked() {
    Gradients zeros = Gradients.of(Map.of(w, Tensor.zeros(2, 3), b, Tensor.zeros(3)));
    new Sgd(0.1).weightDecay(0.5).apply(zeros);
    assertEquals(0.95, first(w), 1e-7);
    assertEquals(1, first(b));
    new Sgd(0.1).weightDecay(0.5, variable -> variable == b).apply(zeros);
    assertEquals(0.95, first(w), 1e-7);
    assertEquals(0.95, first(b), 1e-7);
    assertTrue(new AdamW().toString().contains("weightDecay=0.004 of rank 2 and more"));
  }

  @Test
  void oneInfiniteGradientDoesNotSpread() {
    w.assign(Tensor.zeros(2, 3));
    float[] g = {Float.POSITIVE_INFINITY, 1, 1, 1, 1, 1};
    new Sgd(0.1).clipNorm(1).apply(Gradients.of(Map.of(w, Tensor.of(w.shape(), g))));
    double[] after = w.value().toDoubles();
    assertTrue(Double.isNaN(after[0]));
    assertEquals(0, after[1]);
  }

  @Test
  void stateIsListed() {
    Optimizer optimizer = new Adam().amsgrad().movingAverage(0.9);
    assertEquals(List.of(), optimizer.state());
    optimizer.apply(gradients(w, 1));
    assertEquals(
        List.of(
            "dense/kernel/mean",
            "dense/kernel/meanSquare",
            "dense/kernel/largest",
            "dense/kernel/average"),
        optimizer.state().stream().map(Variable::name).toList());
    assertEquals(0.1, first(optimizer.state().getFirst()), 1e-6);
  }

  @Test
  void stateOutlivesMemoryScopes() {
    Optimizer optimizer = new Sgd(0.1).momentum(0.5).clipNorm(1).movingAverage(0.5);
    for (int i = 0; i < 3; i++) {
      try (var _ = MemoryScope.open()) {
        optimizer.apply(gradients(w, 1));
      }
    }
    optimizer.state().forEach(slot -> assertTrue(Double.isFinite(first(slot))));
    optimizer.finalizeAverages();
    assertTrue(first(w) < 1);
  }

  @Test
  void printsItsSettings() {
    assertEquals("Sgd[rate=0.01]", new Sgd().toString());
    assertEquals(
        "Sgd[rate=0.1, nesterov=0.9, clip=global norm 1.0]",
        new Sgd(0.1).momentum(0.9).nesterov().globalClipNorm(1).toString());
  }
}
