package taut.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import taut.autodiff.GradientTape.Option;
import taut.core.Tensor;

/// Many targets, sources by name, and whom a recording belongs to.
class TargetsAndSourcesTest {
  private static final Tensor X = Tensor.vector(1, 2, 3);

  @Test
  void contributionsOfManyTargetsAddUp() {
    try (var tape = new GradientTape(Option.PERSISTENT)) {
      tape.watch(X);
      Tensor squares = X.square();
      Tensor total = X.sum();
      Tensor constant = Tensor.vector(7);
      List<Tensor> targets = List.of(squares, total, constant, squares);
      List<Tensor> cotangents =
          List.of(Tensor.vector(1, 10, 100), Tensor.scalar(5), Tensor.vector(9), Tensor.ones(3));
      List<Tensor> gradients =
          tape.gradients(targets, cotangents, List.of(X, squares), Unconnected.NONE);
      // 2x · (c₁ + c₄) + c₂.
      assertArrayEquals(new float[] {9, 49, 611}, gradients.get(0).toFloats());
      assertArrayEquals(new float[] {2, 11, 101}, gradients.get(1).toFloats());
      var error =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  tape.gradients(targets, cotangents.subList(0, 3), List.of(X), Unconnected.NONE));
      assertTrue(error.getMessage().contains("cotangents must be like"), error.getMessage());
    }
  }

  @Test
  void namedSourcesKeepTheirOrder() {
    Tensor other = Tensor.scalar(2);
    Map<String, Tensor> sources = new LinkedHashMap<>();
    sources.put("unused", Tensor.vector(1, 1));
    sources.put("x", X);
    sources.put("factor", other);
    try (var tape = new GradientTape(Option.PERSISTENT)) {
      sources.values().forEach(tape::watch);
      Tensor y = X.mul(other).sum();
      Map<String, Tensor> gradients = tape.gradients(y, sources, Unconnected.ZERO);
      assertEquals(List.of("unused", "x", "factor"), List.copyOf(gradients.keySet()));
      assertArrayEquals(new float[2], gradients.get("unused").toFloats());
      assertArrayEquals(new float[] {2, 2, 2}, gradients.get("x").toFloats());
      assertEquals(6, gradients.get("factor").item());
      assertThrows(
          IllegalArgumentException.class, () -> tape.gradients(y, sources, Unconnected.NONE));
    }
  }

  private static void refusedElsewhere(ExecutorService threads, Executable call) throws Exception {
    var error = threads.submit(() -> assertThrows(IllegalStateException.class, call)).get();
    assertTrue(error.getMessage().contains("thread"), error.getMessage());
  }

  @Test
  void otherThreadsMayNotUseARecording() throws Exception {
    try (ExecutorService threads = Executors.newSingleThreadExecutor();
        var tape = new GradientTape(Option.PERSISTENT);
        var forward = new ForwardAccumulator()) {
      tape.watch(X);
      forward.watch(X, X);
      Tensor y = X.square();
      refusedElsewhere(threads, () -> tape.watch(y));
      refusedElsewhere(threads, tape::listing);
      refusedElsewhere(threads, tape::reset);
      refusedElsewhere(threads, tape::close);
      refusedElsewhere(threads, () -> tape.jacobian(y, X));
      refusedElsewhere(threads, () -> tape.batchJacobian(y, X));
      refusedElsewhere(threads, () -> tape.stopRecording(() -> {}));
      refusedElsewhere(threads, () -> forward.jvp(y));
      refusedElsewhere(threads, () -> forward.watch(y, y));
      refusedElsewhere(threads, forward::close);
      assertArrayEquals(new float[] {2, 8, 18}, forward.jvp(y).toFloats());
      assertEquals(9, tape.jacobian(y, X).size());
    }
  }

  @Test
  void closedAccumulatorIsAnError() {
    var forward = new ForwardAccumulator();
    forward.watch(X, X);
    Tensor y = X.square();
    forward.close();
    forward.close();
    assertThrows(IllegalStateException.class, () -> forward.jvp(y));
    assertThrows(IllegalStateException.class, () -> forward.watch(y, y));
  }
}
