package taut.training.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.training.Dataset;

class CirclesTest {
  @Test
  void publishedPointsAreThoseOfTheTutorials() {
    Dataset points = Circles.published();
    assertEquals(Shape.of(100, 2), points.x().shape());
    assertEquals(Shape.of(100, 1), points.y().shape());
    assertEquals(50, points.y().sum().item());
    float[] x = points.x().toFloats();
    assertEquals(-0.6364049338363262, x[0], 1e-7);
    assertEquals(-0.3687019099499153, x[1], 1e-7);
    assertEquals(1, points.y().toFloats()[0]);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.8", "1, 0.5", "7, 0", "100, 0.8"})
  void withoutNoisePointsLieOnTheirCircles(int samples, double factor) {
    Dataset points = Circles.make(samples, 0, factor, RandomStream.of(1));
    float[] x = points.x().toFloats();
    float[] y = points.y().toFloats();
    assertEquals(samples, y.length);
    for (int i = 0; i < samples; i++) {
      assertEquals(y[i] == 1 ? factor : 1, Math.hypot(x[2 * i], x[2 * i + 1]), 1e-6);
    }
    assertEquals(samples - samples / 2, points.y().sum().item());
  }

  @Test
  void noiseHasTheStandardDeviationAskedFor() {
    Dataset points = Circles.make(20_000, 0.1, 0.8, RandomStream.of(2));
    float[] x = points.x().toFloats();
    float[] y = points.y().toFloats();
    double[] off = new double[y.length];
    Arrays.setAll(off, i -> Math.hypot(x[2 * i], x[2 * i + 1]) - (y[i] == 1 ? 0.8 : 1));
    double radial = Math.sqrt(Arrays.stream(off).map(r -> r * r).average().orElseThrow());
    assertEquals(0.1, radial, 0.003);
  }

  @Test
  void sameSeedGivesTheSameShuffledPoints() {
    Dataset first = Circles.make(50, 0.1, 0.8, RandomStream.of(3));
    Dataset second = Circles.make(50, 0.1, 0.8, RandomStream.of(3));
    Dataset other = Circles.make(50, 0.1, 0.8, RandomStream.of(4));
    assertArrayEquals(first.x().toFloats(), second.x().toFloats());
    assertFalse(Arrays.equals(first.x().toFloats(), other.x().toFloats()));
    double early = first.take(25).y().sum().item();
    assertTrue(early > 5 && early < 20, () -> "the classes are not mixed: " + early);
  }

  @ParameterizedTest
  @CsvSource({"-1, 0.1, 0.8", "10, -0.1, 0.8", "10, 0.1, 1", "10, 0.1, -0.1", "10, NaN, 0.8"})
  void wrongArgumentsAreNamed(int samples, double noise, double factor) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Circles.make(samples, noise, factor, RandomStream.of(1)));
    assertTrue(e.getMessage().contains("noise " + noise), e.getMessage());
  }
}
