package taut.training.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.layers.Initializer;
import taut.layers.Initializers;
import taut.layers.RandomNormal;
import taut.layers.RandomUniform;
import taut.layers.TruncatedNormal;
import taut.layers.VarianceScaling;

/// Initializers against Keras: the parameters of their distributions, and whether what they draw is
/// distributed so.
class InitializersGoldenTest {
  private static final int COUNT = 60_000;
  private static final long SEED = 20_260_101;

  @TestFactory
  Stream<DynamicTest> initializers() {
    return Golden.tests("initializers", InitializersGoldenTest::run);
  }

  private static void run(JsonNode json) {
    Initializer initializer = KerasInitializers.of(json.get("initializer"));
    Shape shape = Shape.of(Golden.ints(json.get("shape")));
    JsonNode expected = json.get("expected");
    JsonNode tol = json.get("tol");
    String id = Golden.id(json);
    switch (expected.get("distribution").asText()) {
      case "fixed" -> {
        Tensor value = initializer.initialize(shape, RandomStream.of(SEED));
        Golden.check(expected.get("value"), value, tol, id);
      }
      case "orthogonal" -> checkOrthogonal(initializer, shape, expected, tol, id);
      default -> {
        checkParameters(underlying(initializer, shape), expected, tol, id);
        checkDraws(initializer, shape, expected, id);
      }
    }
  }

  private static Initializer underlying(Initializer initializer, Shape shape) {
    return switch (initializer) {
      case Initializers named -> underlying(named.definition(), shape);
      case VarianceScaling scaling -> scaling.forShape(shape);
      default -> initializer;
    };
  }

  private static void checkParameters(
      Initializer initializer, JsonNode expected, JsonNode tol, String id) {
    String distribution = expected.get("distribution").asText();
    switch (initializer) {
      case RandomUniform uniform -> {
        assertEquals("uniform", distribution, id);
        Golden.check(expected.get("low").doubleValue(), uniform.low(), tol, id + ": low");
        Golden.check(expected.get("high").doubleValue(), uniform.high(), tol, id + ": high");
      }
      case RandomNormal normal -> {
        assertEquals("normal", distribution, id);
        Golden.check(expected.get("mean").doubleValue(), normal.mean(), tol, id + ": mean");
        double deviation = expected.get("stddev").doubleValue();
        Golden.check(deviation, normal.standardDeviation(), tol, id + ": deviation");
      }
      case TruncatedNormal normal -> {
        assertEquals("truncated_normal", distribution, id);
        Golden.check(expected.get("mean").doubleValue(), normal.mean(), tol, id + ": mean");
        double deviation = expected.get("stddev_parameter").doubleValue();
        Golden.check(deviation, normal.standardDeviation(), tol, id + ": deviation");
      }
      default -> throw new AssertionError(id + ": " + initializer + " for " + distribution);
    }
  }

  /// Draws many weights of the shape, each from a stream of its own as the weights of layers are,
  /// and compares mean, deviation and limits.
  private static void checkDraws(
      Initializer initializer, Shape shape, JsonNode expected, String id) {
    RandomStream random = RandomStream.of(SEED);
    double[] all =
        IntStream.range(0, COUNT / shape.size())
            .mapToObj(i -> initializer.initialize(shape, random.split(i)).toDoubles())
            .flatMapToDouble(DoubleStream::of)
            .toArray();
    double deviation = expected.get("stddev").doubleValue();
    // Five standard errors; that of a standard deviation is at most that of the normal
    // distribution's.
    double error = 5 * deviation / Math.sqrt(all.length);
    assertEquals(expected.get("mean").doubleValue(), new Mean().evaluate(all), error, id);
    assertEquals(deviation, new StandardDeviation().evaluate(all), error, id);
    if (expected.has("low")) {
      double low = expected.get("low").doubleValue();
      double high = expected.get("high").doubleValue();
      double rounding = 1e-6 * Math.max(Math.abs(low), Math.abs(high));
      double least = Arrays.stream(all).min().orElseThrow();
      double greatest = Arrays.stream(all).max().orElseThrow();
      assertTrue(least >= low - rounding && greatest <= high + rounding, id + ": limits");
      double margin = 0.02 * (high - low);
      assertTrue(least < low + margin && greatest > high - margin, id + ": reaches its limits");
    }
  }

  private static void checkOrthogonal(
      Initializer initializer, Shape shape, JsonNode expected, JsonNode tol, String id) {
    Shape matrix = Shape.of(Golden.ints(expected.get("matrix_shape")));
    Tensor q = initializer.initialize(shape, RandomStream.of(SEED)).reshape(matrix);
    boolean columns = expected.get("gram_of").asText().equals("columns");
    Tensor gram = q.matmul(q, columns, !columns);
    double diagonal = expected.get("gram_diagonal").doubleValue();
    int n = gram.dim(0);
    double[] got = gram.toDoubles();
    for (int i = 0; i < got.length; i++) {
      double wanted = i % (n + 1) == 0 ? diagonal : 0;
      Golden.check(wanted, got[i], tol, id + ": Gram matrix, element " + i);
    }
  }
}
