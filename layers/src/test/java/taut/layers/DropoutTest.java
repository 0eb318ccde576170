package taut.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import taut.autodiff.GradientTape;
import taut.core.DType;
import taut.core.RandomStream;
import taut.core.Tensor;

class DropoutTest {
  private static final int COUNT = 100_000;

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.25, 0.5, 0.9})
  void dropsTheRateAndKeepsTheMean(double rate) {
    Tensor y = training(new Dropout(rate), Tensor.ones(COUNT / 100, 100), 5);
    float kept = (float) (1 / (1 - rate));
    int dropped = 0;
    for (float value : y.toFloats()) {
      dropped += value == 0 ? 1 : 0;
      assertEquals(value == 0 ? 0 : kept, value, 1e-6);
    }
    // Five standard deviations of a binomial count.
    double deviation = Math.sqrt(rate * (1 - rate) * COUNT);
    assertEquals(rate * COUNT, dropped, 5 * deviation);
    assertEquals(1, y.mean().item(), 5 * deviation * kept / COUNT);
  }

  @Test
  void sameSeedDropsTheSame() {
    Dropout dropout = new Dropout(0.5);
    Tensor x = Layers.normal(10, 20);
    assertArrayEquals(training(dropout, x, 7).toFloats(), training(dropout, x, 7).toFloats());
    assertNotEquals(
        Arrays.toString(training(dropout, x, 7).toFloats()),
        Arrays.toString(training(dropout, x, 8).toFloats()));
  }

  @Test
  void nextStepDropsOthers() {
    RandomStream random = RandomStream.of(7);
    Dropout dropout = new Dropout(0.5);
    Tensor x = Tensor.ones(10, 20);
    assertNotEquals(
        Arrays.toString(dropout.apply(x, Pass.training(random)).toFloats()),
        Arrays.toString(dropout.apply(x, Pass.training(random)).toFloats()));
  }

  @Test
  void inferenceAndRateZeroChangeNothing() {
    Tensor x = Layers.normal(3, 4);
    assertSame(x, new Dropout(0.5).apply(x, Pass.inference()));
    assertSame(x, training(new Dropout(0), x, 1));
  }

  @Test
  void rateOneGivesZerosAndAGradientOfZeros() {
    Tensor x = Layers.normal(3, 4);
    assertArrayEquals(new float[12], training(new Dropout(1), x, 1).abs().toFloats());
    assertArrayEquals(new float[12], gradient(new Dropout(1), x));
  }

  @Test
  void gradientIsTheMask() {
    Tensor ones = Tensor.ones(5, 6);
    Dropout dropout = new Dropout(0.4);
    assertArrayEquals(training(dropout, ones, 3).toFloats(), gradient(dropout, ones));
  }

  @Test
  void keepsTheElementType() {
    Tensor x = Tensor.ones(2, 3).cast(DType.FLOAT64);
    assertEquals(DType.FLOAT64, training(new Dropout(0.5), x, 1).dtype());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void impossibleRateIsAnError(double rate) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new Dropout(rate));
    assertEquals(
        "Dropout: the rate that is dropped must be between 0 and 1, got " + rate, e.getMessage());
  }

  private static Tensor training(Dropout dropout, Tensor x, long seed) {
    return dropout.apply(x, Pass.training(RandomStream.of(seed)));
  }

  private static float[] gradient(Dropout dropout, Tensor x) {
    try (GradientTape tape = new GradientTape()) {
      tape.watch(x);
      return tape.gradient(training(dropout, x, 3).sum(), x).abs().toFloats();
    }
  }
}
