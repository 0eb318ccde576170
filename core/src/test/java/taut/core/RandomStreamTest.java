package taut.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Distributions, splits, and resuming. The seeds are fixed, so that nothing here fails by chance.
class RandomStreamTest {
  private static final int COUNT = 200_000;

  /// The 99.9 % quantile of χ² with 99 degrees of freedom.
  private static final double CHI_SQUARE_99 = 148.23;

  private static RandomStream stream() {
    return RandomStream.of(42);
  }

  private static double chiSquare(int[] counts, int draws) {
    double expected = (double) draws / counts.length;
    return Arrays.stream(counts).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
  }

  private static double mean(Tensor x) {
    return Arrays.stream(x.toDoubles()).average().orElseThrow();
  }

  private static double deviation(Tensor x) {
    double mean = mean(x);
    return Math.sqrt(
        Arrays.stream(x.toDoubles()).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }

  @Test
  void wholeNumbersAreUniform() {
    RandomStream random = stream();
    int[] counts = new int[100];
    for (int i = 0; i < COUNT; i++) {
      counts[random.nextInt(100)]++;
    }
    assertTrue(chiSquare(counts, COUNT) < CHI_SQUARE_99, Arrays.toString(counts));
  }

  @Test
  void wholeNumbersReachBothEnds() {
    RandomStream random = stream();
    for (int bound : new int[] {1, 2, 3, 1 << 30, Integer.MAX_VALUE}) {
      int least = Integer.MAX_VALUE;
      int greatest = -1;
      for (int i = 0; i < 2000; i++) {
        int drawn = random.nextInt(bound);
        least = Math.min(least, drawn);
        greatest = Math.max(greatest, drawn);
      }
      assertTrue(least >= 0 && least <= bound / 100, bound + ": " + least);
      assertTrue(greatest < bound && greatest >= bound - 1 - bound / 100, bound + ": " + greatest);
    }
    assertThrows(IllegalArgumentException.class, () -> random.nextInt(0));
  }

  @Test
  void doublesAreUniform() {
    RandomStream random = stream();
    int[] counts = new int[100];
    for (int i = 0; i < COUNT; i++) {
      counts[(int) (random.nextDouble() * 100)]++;
    }
    assertTrue(chiSquare(counts, COUNT) < CHI_SQUARE_99, Arrays.toString(counts));
  }

  @Test
  void uniformTensor() {
    Tensor x = stream().uniform(Shape.of(COUNT), -2, 3);
    int[] counts = new int[100];
    for (double value : x.toDoubles()) {
      counts[(int) ((value + 2) * 20)]++;
    }
    assertTrue(chiSquare(counts, COUNT) < CHI_SQUARE_99, Arrays.toString(counts));
    assertEquals(0.5, mean(x), 0.02);
    assertEquals(5 / Math.sqrt(12), deviation(x), 0.02);
  }

  @Test
  void normalTensor() {
    Tensor x = stream().normal(Shape.of(COUNT), 1, 2);
    assertEquals(1, mean(x), 0.02);
    assertEquals(2, deviation(x), 0.02);
    double[] z = Arrays.stream(x.toDoubles()).map(v -> (v - 1) / 2).toArray();
    assertEquals(0, Arrays.stream(z).map(v -> v * v * v).average().orElseThrow(), 0.05);
    assertEquals(3, Arrays.stream(z).map(v -> v * v * v * v).average().orElseThrow(), 0.1);
    assertEquals(
        0.6827, Arrays.stream(z).filter(v -> Math.abs(v) < 1).count() / (double) COUNT, 5e-3);
    assertEquals(
        0.0027, Arrays.stream(z).filter(v -> Math.abs(v) > 3).count() / (double) COUNT, 5e-4);
  }

  @Test
  void neighboursAreUncorrelated() {
    double[] z = stream().normal(Shape.of(COUNT), 0, 1).toDoubles();
    for (int lag = 1; lag <= 4; lag++) {
      double sum = 0;
      for (int i = lag; i < COUNT; i++) {
        sum += z[i] * z[i - lag];
      }
      assertEquals(0, sum / COUNT, 0.01, "lag " + lag);
    }
  }

  @Test
  void truncatedNormalTensor() {
    Tensor x = stream().truncatedNormal(Shape.of(COUNT), 0, 1);
    assertTrue(Arrays.stream(x.toDoubles()).allMatch(v -> Math.abs(v) <= 2));
    assertEquals(0, mean(x), 0.01);
    assertEquals(0.8796, deviation(x), 0.01);
  }

  @Test
  void mask() {
    Tensor x = stream().mask(Shape.of(COUNT), 0.8, 1.25);
    assertTrue(Arrays.stream(x.toDoubles()).allMatch(v -> v == 0 || v == 1.25));
    assertEquals(1, mean(x), 0.01);
    assertEquals(3, stream().mask(Shape.of(3), 1, 1).sum().item());
    assertEquals(0, stream().mask(Shape.of(1000), 0, 1).sum().item());
  }

  @Test
  void permutationHoldsEveryNumberOnce() {
    int[] order = stream().permutation(1000);
    assertFalse(Arrays.equals(order, Tensor.range(1000).toInts()));
    Arrays.sort(order);
    assertArrayEquals(Tensor.range(1000).toInts(), order);
    assertEquals(0, stream().permutation(0).length);
  }

  @Test
  void permutationsAreUniform() {
    RandomStream random = stream();
    int[] counts = new int[100];
    for (int i = 0; i < 20_000; i++) {
      int[] order = random.permutation(10);
      counts[order[0] * 10 + order[9]]++;
    }
    for (int i = 0; i < 10; i++) {
      assertEquals(0, counts[i * 11], "a number in two places");
      counts[i * 11] = 0;
    }
    double expected = 20_000 / 90.0;
    for (int i = 0; i < 100; i++) {
      if (i % 11 != 0) {
        assertEquals(expected, counts[i], 5 * Math.sqrt(expected), "first and last " + i);
      }
    }
  }

  @Test
  void seedsAndSplitsDiffer() {
    float[] base = stream().uniform(Shape.of(8), 0, 1).toFloats();
    assertArrayEquals(base, RandomStream.of(42).uniform(Shape.of(8), 0, 1).toFloats());
    RandomStream parent = stream();
    RandomStream[] others = {
      RandomStream.of(43),
      RandomStream.of(-42),
      parent.split(0),
      parent.split(1),
      parent.split(42),
      parent.split(0).split(1),
      parent.split(1).split(0),
    };
    double[] firsts = Arrays.stream(others).mapToDouble(RandomStream::nextDouble).toArray();
    assertEquals(firsts.length, Arrays.stream(firsts).distinct().count());
    assertTrue(Arrays.stream(firsts).noneMatch(v -> v == stream().nextDouble()));
  }

  @Test
  void splitDoesNotDependOnUse() {
    RandomStream used = stream();
    used.uniform(Shape.of(100), 0, 1);
    assertEquals(stream().split(7).nextDouble(), used.split(7).nextDouble());
  }

  @Test
  void positionResumesExactly() {
    RandomStream random = stream();
    random.normal(Shape.of(7), 0, 1);
    random.nextInt(10);
    long position = random.position();
    float[] next = random.uniform(Shape.of(9), 0, 1).toFloats();
    assertArrayEquals(next, stream().at(position).uniform(Shape.of(9), 0, 1).toFloats());
  }

  @Test
  void impossibleArgumentsAreErrors() {
    Shape shape = Shape.of(2);
    assertThrows(IllegalArgumentException.class, () -> stream().uniform(shape, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> stream().uniform(shape, 0, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> stream().normal(shape, 0, -1));
    assertThrows(
        IllegalArgumentException.class, () -> stream().truncatedNormal(shape, Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> stream().mask(shape, 1.1, 1));
    assertThrows(IllegalArgumentException.class, () -> stream().mask(shape, Double.NaN, 1));
  }
}
