package taut.regularizers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import taut.core.DType;
import taut.core.Tensor;

class PenaltyTest {
  private static final Regularizer L2 = new L2(0.1);

  @Test
  void nonScalarPenaltyNamesLayerRoleAndShape() {
    Regularizer forgotTheSum = w -> w.square();
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Penalty.of("dense_1", "kernel", forgotTheSum, Tensor.ones(3, 2)));
    assertEquals(
        "penalty: the kernel regularizer of layer 'dense_1' must return a scalar, got"
            + " FLOAT32[3, 2]; reduce it with sum()",
        e.getMessage());
  }

  @Test
  void failingRegularizerNamesLayerAndRole() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                Penalty.of("dense", "bias", new Orthogonal(Orthogonal.Mode.ROWS), Tensor.ones(3)));
    assertEquals(
        "penalty: the bias regularizer of layer 'dense' failed: Orthogonal: wants a matrix, got"
            + " FLOAT32[3]",
        e.getMessage());
  }

  @Test
  void activityIsDividedByTheBatchSizeOnly() {
    assertEquals(0.1 * 24 / 2, activity(Tensor.ones(2, 3, 4)), 1e-6);
    assertEquals(0.1 * 5 / 5, activity(Tensor.ones(5)), 1e-6);
    assertEquals(0.1, activity(Tensor.scalar(1)), 1e-6);
    assertEquals(0, activity(Tensor.zeros(0, 3)));
  }

  @Test
  void weightIsDividedByNothing() {
    assertEquals(2.4, Penalty.of("a", "kernel", L2, Tensor.ones(2, 3, 4)).value().item(), 1e-6);
  }

  @Test
  void totalIsTheSum() {
    Penalty one = Penalty.of("a", "kernel", L2, Tensor.ones(10));
    Penalty two = Penalty.ofActivity("b", L2, Tensor.ones(2, 20));
    Penalties both = Penalties.of(List.of(one, two), DType.FLOAT32);
    assertEquals(3, both.total().item(), 1e-6);
    assertEquals(List.of("a", "b"), both.list().stream().map(Penalty::layer).toList());
    Penalties none = Penalties.of(List.of(), DType.FLOAT32);
    assertTrue(none.isEmpty());
    assertEquals(0, none.total().item());
  }

  @Test
  void reportShowsWhoPaysWhat() {
    Penalties penalties =
        Penalties.of(List.of(Penalty.of("dense", "kernel", L2, Tensor.ones(10))), DType.FLOAT32);
    assertEquals(
        "dense                kernel          1.00000  L2[lambda=0.1]",
        penalties.toString().strip());
  }

  private static double activity(Tensor output) {
    return Penalty.ofActivity("dense", L2, output).value().item();
  }
}
