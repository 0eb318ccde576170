package taut.training.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import taut.autodiff.GradientTape;
import taut.autodiff.Unconnected;
import taut.core.DType;
import taut.core.Tensor;
import taut.training.Loss;

/// Losses against Keras: value and gradient with respect to the prediction, in FLOAT32 and FLOAT64.
class LossesGoldenTest {
  @TestFactory
  Stream<DynamicTest> float32() {
    return Golden.tests("losses", json -> run(json, DType.FLOAT32));
  }

  @TestFactory
  Stream<DynamicTest> float64() {
    return Golden.tests("losses", json -> run(json, DType.FLOAT64));
  }

  private static void run(JsonNode json, DType dtype) {
    String id = Golden.id(json);
    Loss loss = KerasLosses.of(json.get("loss"));
    boolean reduced = !json.get("loss").get("config").path("reduction").asText().equals("none");
    Tensor target = typed(json.get("y_true"), dtype);
    Tensor prediction = typed(json.get("y_pred"), dtype);
    boolean other = dtype == DType.FLOAT64 && json.has("expected_float64");
    JsonNode expected = json.get(other ? "expected_float64" : "expected");
    try (GradientTape tape = new GradientTape()) {
      tape.watch(prediction);
      Tensor value;
      if (Golden.absent(json, "sample_weight")) {
        value = reduced ? loss.of(target, prediction) : loss.perSample(target, prediction);
      } else {
        Tensor weights = Golden.tensor(json.get("sample_weight"));
        value =
            reduced
                ? loss.of(target, prediction, weights)
                : loss.perSample(target, prediction, weights);
      }
      Golden.check(expected.get("value"), value, json.get("tol"), id + ": value");
      Tensor cotangent =
          Golden.absent(json, "cotangent")
              ? Tensor.full(value.shape(), 1, dtype)
              : Golden.tensor(json.get("cotangent"), dtype);
      List<Tensor> gradients =
          tape.gradients(value, cotangent, List.of(prediction), Unconnected.ZERO);
      Golden.check(expected.get("grad"), gradients.getFirst(), json.get("tol"), id + ": gradient");
    }
  }

  private static Tensor typed(JsonNode json, DType dtype) {
    return Golden.dtype(json).isFloating() ? Golden.tensor(json, dtype) : Golden.tensor(json);
  }
}
