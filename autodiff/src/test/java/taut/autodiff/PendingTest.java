package taut.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import taut.core.DType;
import taut.core.FloatStorage;
import taut.core.MemoryScope;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;

/// A large square waits whether it is only summed; nobody must notice.
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
    Tensor squares = X.square();
    double expected = X.cast(DType.FLOAT64).square().sum().item();
    assertEquals(expected, squares.sum().item(), 1e-5 * expected);
    assertEquals(expected, squares.reshape(100, 100).sum(1).sum().item(), 1e-5 * expected);
    assertTrue(isPending(squares), "the squares were written");
    Tensor absolutes = X.abs();
    double norm = X.cast(DType.FLOAT64).abs().sum().item();
    assertEquals(norm, absolutes.sum().item(), 1e-5 * norm);
    assertTrue(isPending(absolutes), "the absolute values were written");
  }

  @Test
  void otherUsesSeeTheValues() {
    Tensor squares = X.square();
    assertArrayEquals(squares(X), squares.add(0).toFloats());
    assertEquals(squares(X)[7], (float) X.square().slice(0, 7, 8).item());
    assertEquals(squares.max().item(), X.square().max().item());
  }

  @Test
  void anUpdateComesAfterTheSquares() {
    Variable w = Variable.trainable("w", X);
    float[] expected = squares(X);
    Tensor squares = w.value().square();
    Tensor ofSquares = w.value().square().abs();
    w.assign(X.mul(2));
    assertArrayEquals(expected, squares.toFloats());
    assertArrayEquals(expected, ofSquares.toFloats());
    assertArrayEquals(squares(X.mul(2)), w.value().square().toFloats());
  }

  @Test
  void scopesKeepAndReleaseThem() {
    Tensor kept;
    Tensor lost;
    try (MemoryScope scope = MemoryScope.open()) {
      Tensor y = X.mul(3);
      kept = scope.keep(y.square());
      lost = y.square();
    }
    assertArrayEquals(squares(X.mul(3)), kept.toFloats());
    assertThrows(IllegalStateException.class, lost::toFloats);
  }

  @Test
  void gradientsAreThoseOfSmallTensors() {
    for (int count : new int[] {10, SIZE}) {
      Tensor x = X.slice(0, 0, count);
      try (GradientTape tape = new GradientTape()) {
        tape.watch(x);
        Tensor gradient = tape.gradient(x.square().sum().add(x.abs().sum().mul(0.5)), x);
        assertArrayEquals(x.mul(2).add(x.sign().mul(0.5)).toFloats(), gradient.toFloats(), 1e-5f);
      }
    }
  }
}
