package taut.training.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import taut.autodiff.GradientTape;
import taut.autodiff.Unconnected;
import taut.core.DType;
import taut.core.Tensor;
import taut.regularizers.Regularizer;

/// Regularizers against Keras: value and gradient, in FLOAT32 and FLOAT64.
class RegularizersGoldenTest {
  @TestFactory
  Stream<DynamicTest> regularizers() {
    return Golden.tests(
        "regularizers",
        json -> {
          run(json, DType.FLOAT32);
          run(json, DType.FLOAT64);
        });
  }

  private static void run(JsonNode json, DType dtype) {
    Regularizer regularizer = KerasLayers.regularizer(json.get("regularizer"));
    Tensor x = Golden.tensor(json.get("x"), dtype);
    JsonNode expected = json.get("expected");
    String what = Golden.id(json) + " " + dtype;
    try (GradientTape tape = new GradientTape()) {
      tape.watch(x);
      Tensor value = regularizer.penalty(x);
      Golden.check(expected.get("value"), value, json.get("tol"), what + ": value");
      Golden.check(
          expected.get("grad"),
          tape.gradient(value, x, Unconnected.ZERO),
          json.get("tol"),
          what + ": gradient");
    }
  }
}
