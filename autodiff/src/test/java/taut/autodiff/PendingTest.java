package taut.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import taut.core.DType;
import taut.core.FloatStorage;
import taut.core.MemoryScope;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;

/// Where it is asked for, a large square waits whether it is only summed.
class PendingTest {
  private static final int SIZE = 10_000;
  private static final Tensor X = RandomStream.of(2).normal(Shape.of(SIZE), 0, 1);

  private static boolean isPending(Tensor tensor) {
    return ((FloatStorage) tensor.storage()).pending().isPresent();
  }

  private static float[] squares(Tensor x) {
    float[] values = x.toFloats();
    for (int i = 0; i < values.length; i++) {
      values[i] *= values[i];
    }
    return values;
  }

  @Test
  void aSumNeedsNoArrayOfSquares() {
    Tensor squares = Tensor.fusing(X::square);
    double expected = X.cast(DType.FLOAT64).square().sum().item();
    assertEquals(expected, squares.sum().item(), 1e-5 * expected);
    assertEquals(expected, squares.reshape(100, 100).sum(1).sum().item(), 1e-5 * expected);
    assertTrue(isPending(squares), "the squares were written");
    Tensor absolutes = Tensor.fusing(X::abs);
    double norm = X.cast(DType.FLOAT64).abs().sum().item();
    assertEquals(norm, absolutes.sum().item(), 1e-5 * norm);
    assertTrue(isPending(absolutes), "the absolute values were written");
    assertTrue(isPending(Tensor.fusing(() -> X.mul(X))), "a product with itself is a square");
    assertFalse(isPending(X.square()), "elsewhere nothing waits");
  }

  @Test
  void otherUsesSeeTheValues() {
    assertArrayEquals(squares(X), Tensor.fusing(() -> X.square().add(0)).toFloats());
    assertEquals(squares(X)[7], (float) Tensor.fusing(() -> X.square().slice(0, 7, 8)).item());
    assertEquals(X.square().max().item(), Tensor.fusing(() -> X.square().max()).item());
    assertArrayEquals(X.square().toFloats(), Tensor.fusing(X::square).toFloats());
  }

  @Test
  void multiplesAndSumsWaitToo() {
    Tensor both = Tensor.fusing(() -> X.square().mul(0.5).add(X.abs().mul(3)));
    assertTrue(isPending(both), "the sums were written");
    double[] x = X.toDoubles();
    double expected = 0;
    for (double value : x) {
      expected += 0.5 * value * value + 3 * Math.abs(value);
    }
    assertEquals(expected, both.sum().item(), 1e-5 * expected);
    assertEquals(expected / SIZE, both.mean().item(), 1e-5 * expected / SIZE);
    assertEquals(expected, both.reshape(100, 100).sum(0).sum().item(), 1e-5 * expected);
    assertEquals(0.5 * x[3] * x[3] + 3 * Math.abs(x[3]), both.toDoubles()[3], 1e-6);
    Tensor mean = Tensor.fusing(() -> X.square().mean(true));
    assertEquals(Shape.of(1), mean.shape());
    // What would lose a term, or is of another tensor, is computed at once.
    assertFalse(isPending(Tensor.fusing(() -> X.square().mul(0))));
    assertFalse(isPending(Tensor.fusing(() -> X.square().add(X.neg().square()))));
    Tensor infinite = X.div(0);
    assertTrue(Double.isNaN(Tensor.fusing(() -> infinite.square().mul(0).sum()).item()));
  }

  @Test
  void whatWasNotLookedAtInTimeIsAnError() {
    Variable w = Variable.trainable("w", X);
    Tensor squares = Tensor.fusing(() -> w.value().square());
    w.assign(X.mul(2));
    assertThrows(IllegalStateException.class, squares::toFloats);
  }

  @Test
  void scopesKeepAndReleaseThem() {
    Tensor kept;
    Tensor lost;
    try (MemoryScope scope = MemoryScope.open()) {
      Tensor y = X.mul(3);
      kept = scope.keep(Tensor.fusing(y::square));
      lost = Tensor.fusing(y::square);
    }
    assertArrayEquals(squares(X.mul(3)), kept.toFloats());
    assertThrows(IllegalStateException.class, lost::toFloats);
  }

  @Test
  void gradientsAreTheSame() {
    try (GradientTape tape = new GradientTape()) {
      tape.watch(X);
      Tensor penalty = Tensor.fusing(() -> X.square().sum().add(X.abs().sum().mul(0.5)));
      Tensor gradient = tape.gradient(penalty, X);
      assertArrayEquals(X.mul(2).add(X.sign().mul(0.5)).toFloats(), gradient.toFloats(), 1e-5f);
    }
    try (GradientTape tape = new GradientTape()) {
      tape.watch(X);
      Tensor penalty = Tensor.fusing(() -> X.square().add(X.abs().mul(0.5)).sum());
      Tensor gradient = tape.gradient(penalty, X);
      assertArrayEquals(X.mul(2).add(X.sign().mul(0.5)).toFloats(), gradient.toFloats(), 1e-5f);
    }
  }
}
