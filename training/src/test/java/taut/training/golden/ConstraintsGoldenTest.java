package taut.training.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import taut.autodiff.Variable;
import taut.core.DType;

/// Constraints against Keras, in FLOAT32 and FLOAT64.
class ConstraintsGoldenTest {
  @TestFactory
  Stream<DynamicTest> constraints() {
    return Golden.tests(
        "constraints",
        json -> {
          run(json, DType.FLOAT32);
          run(json, DType.FLOAT64);
        });
  }

  private static void run(JsonNode json, DType dtype) {
    Variable weight = Variable.trainable("w", Golden.tensor(json.get("w"), dtype));
    KerasLayers.constraint(json.get("constraint")).enforce(weight);
    Golden.check(
        json.get("expected").get("w"),
        weight.value(),
        json.get("tol"),
        Golden.id(json) + " " + dtype);
  }
}
