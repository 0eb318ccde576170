package taut.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import taut.autodiff.Variable;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;

class ConstraintsTest {
  private static final Tensor W = Tensor.of(Shape.of(2, 3), 3f, 0.3f, 0, 4, -0.4f, 0);

  @Test
  void columnsGetTheWantedNorm() {
    assertArrayEquals(new float[] {2, 0.5f, 0}, norms(new MaxNorm(2)), 1e-5f);
    assertArrayEquals(new float[] {1, 1, 0}, norms(new UnitNorm()), 1e-5f);
    assertArrayEquals(new float[] {2, 1, 0}, norms(new MinMaxNorm(1, 2, 1)), 1e-5f);
    assertArrayEquals(new float[] {3.5f, 0.75f, 0}, norms(new MinMaxNorm(1, 2, 0.5)), 1e-5f);
    assertArrayEquals(new float[] {3, 0.3f, 0, 4, 0, 0}, new NonNeg().apply(W).toFloats());
  }

  private static float[] norms(Constraint constraint) {
    return constraint.apply(W).sumOfSquares(0).sqrt().toFloats();
  }

  @Test
  void axesSayWhatANormIsTakenOver() {
    Tensor kernel = Layers.normal(3, 3, 2, 4).mul(2);
    Tensor limited = new MaxNorm(1, 0, 1, 2).apply(kernel);
    assertArrayEquals(
        new float[] {1, 1, 1, 1}, limited.sumOfSquares(0, 1, 2).sqrt().toFloats(), 1e-5f);
    assertEquals(new MaxNorm(1), new MaxNorm(1, 0));
    assertEquals("UnitNorm[axes=[0, 1]]", new UnitNorm(0, 1).toString());
  }

  @Test
  void layerTellsTheConstraintsOfWhatIsTrained() {
    Dense free = new Dense(3);
    Dense bound = new Dense(2).kernelConstraint(new NonNeg()).biasConstraint(w -> w.clip(-1, 1));
    Sequential model = Sequential.of(free, bound);
    model.build(Shape.of(1, 2), RandomStream.of(1));
    Map<Variable, Constraint> constraints = model.constraints();
    assertEquals(
        List.of(bound.variable("kernel"), bound.variable("bias")),
        List.copyOf(constraints.keySet()));
    bound.variable("bias").assign(Tensor.vector(5, -0.5f));
    constraints.forEach((variable, constraint) -> constraint.enforce(variable));
    assertArrayEquals(new float[] {1, -0.5f}, bound.variable("bias").value().toFloats());
    bound.setTrainable(false);
    assertTrue(model.constraints().isEmpty());
  }

  @Test
  void impossibleSettingsAreErrors() {
    assertThrows(IllegalArgumentException.class, () -> new MaxNorm(-1));
    assertThrows(IllegalArgumentException.class, () -> new MaxNorm(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new MinMaxNorm(2, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new MinMaxNorm(0, 1, 2));
    Variable bias = Variable.trainable("b", Tensor.ones(2));
    assertThrows(IllegalArgumentException.class, () -> new MaxNorm(1, 1).enforce(bias));
    assertThrows(IllegalArgumentException.class, () -> ((Constraint) w -> w.sum()).enforce(bias));
  }
}
