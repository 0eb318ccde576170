package taut.training.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Metrics against Keras: the result after each update, and after a reset.
class MetricsGoldenTest {
  @TestFactory
  Stream<DynamicTest> metrics() {
    return Golden.tests("metrics", MetricsGoldenTest::run);
  }

  private static void run(JsonNode json) {
    String id = Golden.id(json);
    JsonNode expected = json.get("expected");
    KerasMetrics metric = KerasMetrics.of(json.get("metric"));
    JsonNode last = json;
    for (int i = 0; i < json.get("updates").size(); i++) {
      last = json.get("updates").get(i);
      metric.update(last);
      check(expected.get("results").get(i), metric, json.get("tol"), id + ": update " + i);
    }
    metric.reset();
    metric.update(last);
    check(expected.get("after_reset"), metric, json.get("tol"), id + ": after reset");
  }

  private static void check(JsonNode expected, KerasMetrics metric, JsonNode tol, String what) {
    double[] wanted =
        expected.isNumber()
            ? new double[] {expected.doubleValue()}
            : Golden.doubles(expected.get("data"));
    double[] got = metric.result().get();
    assertEquals(wanted.length, got.length, () -> what + ": results");
    for (int i = 0; i < got.length; i++) {
      Golden.check(wanted[i], got[i], tol, what + ": result " + i);
    }
  }
}
