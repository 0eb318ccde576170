package taut.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.layers.VarianceScaling.Distribution;
import taut.layers.VarianceScaling.Fan;

class InitializersTest {
  private static final Shape SHAPE = Shape.of(100, 50);

  @Test
  void drawsAreDistributedAsTheySay() {
    assertDistribution(new RandomUniform(-1, 3), new UniformRealDistribution(-1, 3));
    assertDistribution(new RandomNormal(2, 0.5), new NormalDistribution(2, 0.5));
    double limit = Math.sqrt(6.0 / 150);
    assertDistribution(Initializers.GLOROT_UNIFORM, new UniformRealDistribution(-limit, limit));
  }

  private static void assertDistribution(Initializer initializer, RealDistribution expected) {
    double[] drawn = initializer.initialize(SHAPE, RandomStream.of(17)).toDoubles();
    double p = new KolmogorovSmirnovTest().kolmogorovSmirnovTest(expected, drawn);
    assertTrue(p > 1e-3, () -> initializer + ": Kolmogorov-Smirnov p = " + p);
  }

  @Test
  void truncatedNormalEndsAtTwoDeviations() {
    double[] drawn = new TruncatedNormal(1, 0.5).initialize(SHAPE, RandomStream.of(17)).toDoubles();
    double squares = 0;
    for (double value : drawn) {
      assertTrue(value >= 0 && value <= 2, () -> "drew " + value);
      squares += (value - 1) * (value - 1);
    }
    assertEquals(0.5 * TruncatedNormal.CUT, Math.sqrt(squares / drawn.length), 0.01);
  }

  @Test
  void fansOfKernels() {
    assertFan(150, Fan.IN, 150, 7);
    assertFan(7, Fan.OUT, 150, 7);
    assertFan(78.5, Fan.AVERAGE, 150, 7);
    assertFan(3 * 5 * 4, Fan.IN, 3, 5, 4, 8);
    assertFan(3 * 5 * 8, Fan.OUT, 3, 5, 4, 8);
    assertFan(6, Fan.IN, 6);
    assertFan(6, Fan.OUT, 6);
    assertFan(1, Fan.AVERAGE);
  }

  private static void assertFan(double expected, Fan fan, int... dims) {
    VarianceScaling scaling = new VarianceScaling(1, fan, Distribution.NORMAL);
    RandomNormal normal = (RandomNormal) scaling.forShape(Shape.of(dims));
    assertEquals(expected, 1 / Math.pow(normal.standardDeviation(), 2), 1e-9);
  }

  @ParameterizedTest
  @EnumSource
  void oneSeedGivesOneWeight(Initializers initializer) {
    assertArrayEquals(
        initializer.initialize(SHAPE, RandomStream.of(3)).toFloats(),
        initializer.initialize(SHAPE, RandomStream.of(3)).toFloats());
    assertEquals(
        Shape.of(0, 3), initializer.initialize(Shape.of(0, 3), RandomStream.of(3)).shape());
  }

  @Test
  void orthogonalMatricesAreOrthogonal() {
    // The last one is a dense layer's behind a large convolution; a whole Q of it would be 7 GB.
    List<Shape> shapes =
        List.of(
            Shape.of(7, 4), Shape.of(4, 7), Shape.of(3, 3), Shape.of(1, 5), Shape.of(30_000, 2));
    for (Shape shape : shapes) {
      Tensor q = new OrthogonalInitializer(3).initialize(shape, RandomStream.of(1));
      boolean tall = shape.dim(0) >= shape.dim(1);
      Tensor gram = q.matmul(q, tall, !tall).div(9);
      assertArrayEquals(Tensor.identity(gram.dim(0)).toFloats(), gram.toFloats(), 1e-5f);
    }
  }

  @Test
  void orthogonalDirectionsAreUniform() {
    // Without the signs of R's diagonal the first entry would always have one sign.
    long positive =
        Stream.iterate(0, seed -> seed + 1)
            .limit(200)
            .filter(seed ->
                new OrthogonalInitializer()
                        .initialize(Shape.of(3, 3), RandomStream.of(seed))
                        .toFloats()[0]
                    > 0)
            .count();
    assertEquals(100.0, (double) positive, 36.0);
  }

  @Test
  void impossibleSettingsAreErrors() {
    List<Runnable> calls =
        List.of(
            () -> new RandomUniform(1, 0),
            () -> new RandomUniform(0, Double.NaN),
            () -> new RandomNormal(0, -1),
            () -> new TruncatedNormal(Double.NaN, 1),
            () -> new VarianceScaling(0, Fan.IN, Distribution.NORMAL),
            () -> new OrthogonalInitializer().initialize(Shape.of(3), RandomStream.of(1)),
            () -> new IdentityInitializer().initialize(Shape.of(3), RandomStream.of(1)));
    for (Runnable call : calls) {
      assertThrows(IllegalArgumentException.class, call::run);
    }
  }
}
