package taut.regularizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import taut.autodiff.GradientTape;
import taut.autodiff.Unconnected;
import taut.core.Shape;
import taut.core.Tensor;
import taut.regularizers.Orthogonal.Mode;

class OrthogonalTest {
  @Test
  void isZeroForOrthogonalRowsAndTheFactorForParallelOnes() {
    Orthogonal rows = new Orthogonal(0.5, Mode.ROWS);
    assertEquals(0, rows.penalty(Tensor.identity(4).mul(3)).item(), 1e-7);
    Tensor parallel = Tensor.of(Shape.of(3, 2), 1f, 2, -2, -4, 3, 6);
    assertEquals(0.5, rows.penalty(parallel).item(), 1e-6);
  }

  @Test
  void isTheMeanOfTheCosinesOfAllPairs() {
    double half = Math.sqrt(0.5);
    Tensor rows = Tensor.of(Shape.of(3, 2), 1f, 0, 0, 5, 2, 2);
    assertEquals((0 + half + half) / 3, new Orthogonal(1, Mode.ROWS).penalty(rows).item(), 1e-6);
    assertEquals(
        (0 + half + half) / 3,
        new Orthogonal(1, Mode.COLUMNS).penalty(rows.transpose()).item(),
        1e-6);
  }

  @Test
  void singleRowHasNoPairToPenalize() {
    Tensor row = Tensor.of(Shape.of(1, 3), 1f, 2, 3);
    assertEquals(0, new Orthogonal(1, Mode.ROWS).penalty(row).item());
    assertEquals(0, new Orthogonal(1, Mode.COLUMNS).penalty(row.transpose()).item());
    assertArrayEquals(new float[3], gradient(new Orthogonal(1, Mode.ROWS), row));
  }

  @Test
  void rowOfZerosHasGradientZero() {
    Tensor x = Tensor.of(Shape.of(3, 2), 0f, 0, 1, 2, 3, 1);
    float[] gradient = gradient(new Orthogonal(1, Mode.ROWS), x);
    for (float g : gradient) {
      assertTrue(Float.isFinite(g));
    }
    assertEquals(0, gradient[0]);
    assertEquals(0, gradient[1]);
    assertArrayEquals(new float[6], gradient(new Orthogonal(1, Mode.ROWS), Tensor.zeros(3, 2)));
  }

  @Test
  void wantsAMatrix() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Orthogonal(Mode.ROWS).penalty(Tensor.zeros(2, 3, 4)));
    assertEquals("Orthogonal: wants a matrix, got FLOAT32[2, 3, 4]", e.getMessage());
  }

  private static float[] gradient(Regularizer regularizer, Tensor x) {
    try (GradientTape tape = new GradientTape()) {
      tape.watch(x);
      return tape.gradient(regularizer.penalty(x), x, Unconnected.ZERO).toFloats();
    }
  }
}
