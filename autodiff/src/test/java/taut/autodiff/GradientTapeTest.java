package taut.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import taut.autodiff.GradientTape.Option;
import taut.core.DType;
import taut.core.Recorder;
import taut.core.Tensor;
import taut.core.inspect.FiniteCheck;

/// What a tape records, what it gives, and what it refuses.
class GradientTapeTest {
  private static Tensor number(double value) {
    return Tensor.scalar(value, DType.FLOAT64);
  }

  private static Variable weight(float... elements) {
    return Variable.trainable("w", Tensor.vector(elements));
  }

  @Test
  void watchedTensorHasAGradient() {
    Tensor x = Tensor.vector(1, 2, 3);
    try (var tape = new GradientTape()) {
      tape.watch(x);
      assertArrayEquals(new double[] {2, 4, 6}, tape.gradient(x.square().sum(), x).toDoubles());
    }
  }

  @Test
  void unwatchedTensorIsAnErrorOrZeros() {
    Tensor x = Tensor.vector(1, 2);
    try (var tape = new GradientTape(Option.PERSISTENT)) {
      Tensor y = x.square().sum();
      var error = assertThrows(IllegalArgumentException.class, () -> tape.gradient(y, x));
      assertTrue(error.getMessage().contains("FLOAT32[2]"), error.getMessage());
      assertArrayEquals(new double[2], tape.gradient(y, x, Unconnected.ZERO).toDoubles());
    }
  }

  @Test
  void trainableVariablesAreWatchedByBeingRead() {
    Variable w = weight(1, 2);
    Variable state = Variable.state("mean", Tensor.vector(3, 4));
    Variable other = weight(5);
    try (var tape = new GradientTape()) {
      Tensor loss = w.value().mul(state.value()).sum();
      assertEquals(List.of(w), tape.watchedVariables());
      Gradients gradients = tape.gradient(loss, List.of(w, state, other));
      assertArrayEquals(new double[] {3, 4}, gradients.of(w).toDoubles());
      assertEquals(List.of(w), List.copyOf(gradients.variables()));
      assertThrows(NoSuchElementException.class, () -> gradients.of(other));
    }
  }

  @Test
  void frozenVariableIsNotWatched() {
    Variable w = weight(1, 2);
    w.setTrainable(false);
    try (var tape = new GradientTape()) {
      Tensor loss = w.value().sum();
      var error = assertThrows(NoSuchElementException.class, () -> tape.gradient(loss, w));
      assertTrue(error.getMessage().contains("w FLOAT32[2]"), error.getMessage());
    }
  }

  @Test
  void stateVariableCanBeWatchedByHand() {
    Variable state = Variable.state("mean", Tensor.vector(3, 4));
    try (var tape = new GradientTape()) {
      tape.watch(state);
      assertArrayEquals(
          new double[] {6, 8}, tape.gradient(state.value().square().sum(), state).toDoubles());
    }
  }

  @Test
  void watchNothingLeavesVariablesAlone() {
    Variable w = weight(1, 2);
    Variable v = weight(3, 4);
    try (var tape = new GradientTape(Option.WATCH_NOTHING)) {
      tape.watch(v);
      Tensor loss = w.value().mul(v.value()).sum();
      Gradients gradients = tape.gradient(loss, List.of(w, v));
      assertEquals(List.of(v), List.copyOf(gradients.variables()));
    }
  }

  @Test
  void variableGivenTwiceHasItsGradientOnce() {
    Variable w = weight(3);
    try (var tape = new GradientTape()) {
      Gradients gradients = tape.gradient(w.value().square().sum(), List.of(w, w));
      assertArrayEquals(new double[] {6}, gradients.of(w).toDoubles());
    }
  }

  @Test
  void unconnectedVariablesMayHaveZeros() {
    Variable w = weight(3, 4);
    try (var tape = new GradientTape()) {
      Tensor loss = Tensor.scalar(1);
      Gradients gradients = tape.gradient(loss, List.of(w), Unconnected.ZERO);
      assertArrayEquals(new double[2], gradients.of(w).toDoubles());
    }
  }

  @Test
  void intermediateTensorHasAGradient() {
    Tensor x = number(3);
    try (var tape = new GradientTape()) {
      tape.watch(x);
      Tensor y = x.square();
      Tensor z = y.square();
      List<Tensor> gradients = tape.gradients(z, List.of(z, y, x), Unconnected.NONE);
      assertEquals(1, gradients.get(0).item());
      assertEquals(18, gradients.get(1).item());
      assertEquals(108, gradients.get(2).item());
    }
  }

  @Test
  void persistentTapeGivesManyGradientsAndGoesOnRecording() {
    Tensor x = number(3);
    try (var tape = new GradientTape(Option.PERSISTENT)) {
      tape.watch(x);
      Tensor y = x.square();
      assertEquals(6, tape.gradient(y, x).item());
      assertEquals(6, tape.gradient(y, x).item());
      Tensor z = y.mul(x);
      assertEquals(27, tape.gradient(z, x).item());
    }
  }

  @Test
  void persistentTapeGoesOnAfterAFailedGradient() {
    Tensor x = Tensor.vector(3);
    try (var tape = new GradientTape(Option.PERSISTENT)) {
      tape.watch(x);
      Tensor y = x.square();
      assertThrows(IllegalArgumentException.class, () -> tape.gradient(y, x));
      assertEquals(6, tape.gradient(y.sum(), x).item());
    }
  }

  @Test
  void stopRecordingNests() {
    Tensor x = number(3);
    try (var tape = new GradientTape(Option.PERSISTENT)) {
      tape.watch(x);
      Tensor[] hidden = new Tensor[2];
      tape.stopRecording(() -> {
        tape.stopRecording(() -> hidden[0] = x.square());
        hidden[1] = x.square();
      });
      for (Tensor y : hidden) {
        assertThrows(IllegalArgumentException.class, () -> tape.gradient(y, x));
      }
      assertEquals(List.of(1L), List.of((long) Recorder.active().size()));
      assertEquals(6, tape.gradient(x.square(), x).item());
    }
    assertTrue(Recorder.active().isEmpty());
  }

  @Test
  void gradientInsideStopRecordingDoesNotRecord() {
    Tensor x = number(3);
    try (var tape = new GradientTape(Option.PERSISTENT)) {
      tape.watch(x);
      Tensor y = x.square();
      tape.stopRecording(() -> {
        assertEquals(6, tape.gradient(y, x).item());
        assertTrue(Recorder.active().isEmpty());
      });
      assertEquals(1, Recorder.active().size());
    }
  }

  @Test
  void stopRecordingResumesAfterAnError() {
    Tensor x = number(3);
    try (var tape = new GradientTape()) {
      tape.watch(x);
      assertThrows(
          IllegalStateException.class,
          () ->
              tape.stopRecording(() -> {
                throw new IllegalStateException("stop");
              }));
      assertEquals(6, tape.gradient(x.square(), x).item());
    }
  }

  @Test
  void usedTapeIsNotWokenByStopRecording() {
    Tensor x = number(3);
    try (var tape = new GradientTape()) {
      tape.watch(x);
      tape.gradient(x.square(), x);
      tape.stopRecording(() -> {});
      assertTrue(Recorder.active().isEmpty());
      assertThrows(IllegalStateException.class, () -> tape.gradient(x.square(), x));
    }
  }

  @Test
  void resetForgetsAndRecordsAnew() {
    Tensor x = number(3);
    try (var tape = new GradientTape()) {
      tape.watch(x);
      Tensor y = x.square();
      tape.reset();
      assertThrows(IllegalArgumentException.class, () -> tape.gradient(y, x));
      tape.reset();
      tape.watch(x);
      assertEquals(6, tape.gradient(x.square(), x).item());
    }
  }

  @Test
  void resetWithinStopRecordingTakesEffectAtItsEnd() {
    Tensor x = number(3);
    try (var tape = new GradientTape()) {
      tape.stopRecording(tape::reset);
      tape.watch(x);
      assertEquals(6, tape.gradient(x.square(), x).item());
    }
  }

  @Test
  void stopGradientIsUnconnected() {
    Tensor x = number(3);
    try (var tape = new GradientTape(Option.PERSISTENT)) {
      tape.watch(x);
      Tensor stopped = x.stopGradient();
      assertThrows(IllegalArgumentException.class, () -> tape.gradient(stopped, x));
      assertEquals(3, tape.gradient(x.mul(stopped), x).item());
      assertEquals(0, tape.gradient(stopped, x, Unconnected.ZERO).item());
    }
  }

  @Test
  void copyIsUnconnected() {
    Tensor x = number(3);
    try (var tape = new GradientTape()) {
      tape.watch(x);
      assertEquals(3, tape.gradient(x.mul(x.copy()), x).item());
    }
  }

  @Test
  void targetMustBeAScalarUnlessACotangentIsGiven() {
    Tensor x = Tensor.vector(1, 2);
    try (var tape = new GradientTape(Option.PERSISTENT)) {
      tape.watch(x);
      Tensor y = x.square();
      var error = assertThrows(IllegalArgumentException.class, () -> tape.gradient(y, x));
      assertTrue(error.getMessage().contains("FLOAT32[2]"), error.getMessage());
      Tensor cotangent = Tensor.vector(10, 100);
      assertArrayEquals(
          new double[] {20, 400},
          tape.gradients(y, cotangent, List.of(x), Unconnected.NONE).getFirst().toDoubles());
      var wrong =
          assertThrows(
              IllegalArgumentException.class,
              () -> tape.gradients(y, Tensor.vector(1), List.of(x), Unconnected.NONE));
      assertTrue(wrong.getMessage().contains("FLOAT32[1]"), wrong.getMessage());
    }
  }

  @Test
  void wholeNumbersCannotBeWatched() {
    try (var tape = new GradientTape()) {
      assertThrows(IllegalArgumentException.class, () -> tape.watch(Tensor.range(3)));
      Variable counter = Variable.state("counter", Tensor.range(1));
      assertThrows(IllegalArgumentException.class, () -> tape.watch(counter));
      assertThrows(IllegalArgumentException.class, () -> counter.setTrainable(true));
    }
  }

  @Test
  void secondGradientIsAnError() {
    Tensor x = number(3);
    try (var tape = new GradientTape()) {
      tape.watch(x);
      Tensor y = x.square();
      tape.gradient(y, x);
      var error = assertThrows(IllegalStateException.class, () -> tape.gradient(y, x));
      assertTrue(error.getMessage().contains("PERSISTENT"), error.getMessage());
      assertThrows(IllegalStateException.class, () -> tape.watch(x));
    }
  }

  @Test
  void closedTapeIsAnError() {
    Tensor x = number(3);
    var tape = new GradientTape();
    tape.watch(x);
    Tensor y = x.square();
    tape.close();
    tape.close();
    assertThrows(IllegalStateException.class, () -> tape.gradient(y, x));
    assertThrows(IllegalStateException.class, () -> tape.watch(x));
    assertTrue(Recorder.active().isEmpty());
  }

  @Test
  void optionGivenTwiceCountsOnce() {
    try (var tape = new GradientTape(Option.PERSISTENT, Option.PERSISTENT)) {
      assertFalse(Recorder.active().isEmpty());
      tape.reset();
    }
  }

  @Test
  void wholeNumberResultsAreNotTracked() {
    Tensor x = Tensor.vector(1.5f, 2.5f);
    try (var tape = new GradientTape()) {
      tape.watch(x);
      Tensor y = x.cast(DType.INT32).cast(DType.FLOAT32).add(x.greater(2).cast(DType.FLOAT32));
      assertThrows(IllegalArgumentException.class, () -> tape.gradient(y.sum(), x));
    }
  }

  @Test
  void aWalkThatFailsLeavesNothingToTheNextTape() {
    Variable w = weight(0.1f);
    Variable u = Variable.trainable("u", Tensor.vector(2));
    try (FiniteCheck _ = FiniteCheck.start();
        GradientTape tape = new GradientTape()) {
      Tensor first = w.value().mul(3e38);
      w.assign(Tensor.vector(0.2f));
      Tensor loss = first.add(w.value().mul(3e38)).sum();
      // Both readings of w have a finite gradient, and the sum of the two overflows.
      assertThrows(ArithmeticException.class, () -> tape.gradient(loss, List.of(w, u)));
    }
    try (GradientTape tape = new GradientTape()) {
      Gradients gradients = tape.gradient(w.value().mul(u.value()).sum(), List.of(w, u));
      assertArrayEquals(new float[] {2}, gradients.of(w).toFloats());
      assertArrayEquals(new float[] {0.2f}, gradients.of(u).toFloats());
    }
  }
}
