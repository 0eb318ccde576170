package taut.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import taut.autodiff.Gradients;
import taut.autodiff.Variable;
import taut.core.Op;
import taut.core.Recorder;
import taut.core.Tensor;
import taut.core.inspect.FiniteCheck;

/// What recorders hear of updates in place.
class UpdateCheckTest {
  private static Gradients gradient(Variable variable, float... elements) {
    return Gradients.of(Map.of(variable, Tensor.vector(elements)));
  }

  @Test
  void checkNamesVariableAndOptimizer() {
    Variable w = Variable.trainable("dense/kernel", Tensor.vector(1, 2));
    Optimizer optimizer = new Sgd(0.5);
    Gradients good = gradient(w, 1, 1);
    Gradients bad = gradient(w, 1, Float.NaN);
    try (FiniteCheck check = FiniteCheck.start()) {
      optimizer.apply(good);
      var fault = assertThrows(ArithmeticException.class, () -> optimizer.apply(bad));
      String message = String.valueOf(fault.getMessage());
      assertTrue(
          message.startsWith(
              optimizer
                  + ": element 1 of 'dense/kernel' FLOAT32[2] became NaN, asked for at"
                  + " UpdateCheckTest.java:"),
          message);
    }
    optimizer.apply(bad);
    assertEquals(Float.NaN, w.value().toFloats()[1], "without the check nothing stops");
  }

  @Test
  void assignmentsAreChecked() {
    Variable w = Variable.state("mean", Tensor.vector(1));
    try (FiniteCheck check = FiniteCheck.start()) {
      Tensor infinite = Tensor.vector(Float.POSITIVE_INFINITY);
      var fault = assertThrows(ArithmeticException.class, () -> w.assign(infinite));
      String message = String.valueOf(fault.getMessage());
      assertTrue(message.startsWith("assign: element 0 of 'mean'"), message);
    }
  }

  @Test
  void recordersHearTheNewValueOnce() {
    Variable w = Variable.trainable("w", Tensor.vector(1));
    List<String> heard = new ArrayList<>();
    Recorder recorder =
        new Recorder() {
          @Override
          public void record(Op op, Tensor[] inputs, Tensor output) {
            heard.add(op.label());
          }

          @Override
          public void updated(String name, Object by, Tensor value) {
            heard.add(name + " " + value.item());
          }
        };
    Gradients gradients = gradient(w, 2);
    Recorder.start(recorder);
    try {
      new Sgd(0.25).apply(gradients);
    } finally {
      Recorder.stop(recorder);
    }
    assertEquals(List.of("w 0.5"), heard);
  }
}
