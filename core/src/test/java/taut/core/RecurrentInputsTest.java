package taut.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import taut.core.ops.Gru;
import taut.core.ops.Lstm;
import taut.core.ops.SimpleRnn;

class RecurrentInputsTest {
  @Test
  void inputsThatDoNotFitAreErrors() {
    assertMessage(
        "lstm: wants pre-activations [steps, batch, 4 · units], a recurrent kernel [units, 4 ·"
            + " units] and, if any, a bias [4 · units], got [FLOAT32[5, 3, 8], FLOAT32[2, 6]]",
        () -> new Lstm().apply(Tensor.zeros(5, 3, 8), Tensor.zeros(2, 6)));
    assertMessage(
        "simpleRnn: wants pre-activations [steps, batch, units], a recurrent kernel [units, units]"
            + " and, if any, a bias [units], got [FLOAT32[3, 2], FLOAT32[2, 2]]",
        () -> new SimpleRnn().apply(Tensor.zeros(3, 2), Tensor.zeros(2, 2)));
    assertMessage(
        "gru: wants pre-activations [steps, batch, 3 · units], a recurrent kernel [units, 3 ·"
            + " units] and, if any, a bias [2, 3 · units], got [FLOAT32[5, 3, 6], FLOAT32[2, 6],"
            + " FLOAT32[6]]",
        () -> new Gru().apply(Tensor.zeros(5, 3, 6), Tensor.zeros(2, 6), Tensor.zeros(6)));
  }

  private static void assertMessage(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
