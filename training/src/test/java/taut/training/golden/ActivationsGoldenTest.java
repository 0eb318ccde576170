package taut.training.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import taut.autodiff.GradientTape;
import taut.core.DType;
import taut.core.Tensor;
import taut.layers.Activation;
import taut.layers.Layer;
import taut.layers.Pass;

/// Activation functions and layers against Keras: output and gradient, in FLOAT32 and FLOAT64.
class ActivationsGoldenTest {
  @TestFactory
  Stream<DynamicTest> activations() {
    return Golden.tests(
        "activations",
        json -> {
          run(json, DType.FLOAT32);
          run(json, DType.FLOAT64);
        });
  }

  private static void run(JsonNode json, DType dtype) {
    Activation activation = activation(json);
    Tensor x = Golden.tensor(json.get("x"), dtype);
    JsonNode expected = json.get("expected");
    String what = Golden.id(json) + " " + dtype;
    try (GradientTape tape = new GradientTape()) {
      tape.watch(x);
      Tensor output = activation.apply(x);
      Golden.check(expected.get("output"), output, json.get("tol"), what + ": output");
      Tensor weighted = output.mul(Golden.tensor(json.get("cotangent"), dtype)).sum();
      Golden.check(
          expected.get("grad"), tape.gradient(weighted, x), json.get("tol"), what + ": gradient");
    }
  }

  private static Activation activation(JsonNode json) {
    if (json.has("layer")) {
      Layer layer = KerasLayers.layer(json.get("layer"));
      return x -> layer.apply(x, Pass.inference());
    }
    return KerasLayers.activation(json.get("activation").asText(), json.get("kwargs"));
  }
}
