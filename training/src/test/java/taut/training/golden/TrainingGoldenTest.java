package taut.training.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import taut.autodiff.GradientTape;
import taut.autodiff.Gradients;
import taut.core.DType;
import taut.core.MemoryScope;
import taut.core.RandomStream;
import taut.core.Tensor;
import taut.layers.Layer;
import taut.layers.Pass;
import taut.layers.Sequential;
import taut.optim.Optimizer;
import taut.regularizers.Penalties;
import taut.training.Loss;

/// Whole training runs against Keras: the losses of every step, and the weights at the end.
class TrainingGoldenTest {
  @TestFactory
  Stream<DynamicTest> float32() {
    return Golden.tests("training", json -> run(json, DType.FLOAT32));
  }

  @TestFactory
  Stream<DynamicTest> float64() {
    return Golden.tests("training", json -> run(json, DType.FLOAT64));
  }

  private static void run(JsonNode json, DType dtype) {
    Sequential network = chain(json.get("model"));
    Optimizer optimizer =
        KerasOptimizers.of(
            json.get("optimizer"),
            Set.of(),
            step -> {
              throw Golden.notCovered("schedule");
            });
    Loss loss = KerasLosses.of(json.get("loss"));
    JsonNode batches = json.get("batches");
    network.apply(typed(batches.get(0).get("x"), dtype), Pass.inference());
    List<Tensor> weights = new ArrayList<>();
    json.get("weights").forEach(weight -> weights.add(typed(weight.get("value"), dtype)));
    network.setWeights(weights);
    for (int step = 0; step < json.get("steps").intValue(); step++) {
      try (var _ = MemoryScope.open()) {
        step(json, step, network, optimizer, loss, dtype);
      }
    }
    JsonNode expected = json.get("expected").get("weights");
    for (int i = 0; i < expected.size(); i++) {
      JsonNode value =
          expected.get(i).has("value") ? expected.get(i).get("value") : expected.get(i);
      String name = network.variables().get(i).name();
      Golden.check(
          value,
          network.variables().get(i).value(),
          json.get("tol"),
          Golden.id(json) + ": " + name);
    }
  }

  private static void step(
      JsonNode json, int step, Layer network, Optimizer optimizer, Loss loss, DType dtype) {
    JsonNode batch = json.get("batches").get(step % json.get("batches").size());
    String what = Golden.id(json) + ": step " + step;
    try (GradientTape tape = new GradientTape();
        Pass pass = Pass.training(RandomStream.of(step))) {
      Tensor prediction = network.apply(typed(batch.get("x"), dtype), pass);
      Tensor dataLoss = loss.of(typed(batch.get("y"), dtype), prediction);
      Penalties penalties = pass.penalties();
      Tensor total = penalties.isEmpty() ? dataLoss : dataLoss.add(penalties.total());
      Gradients gradients = tape.gradient(total, network.trainableVariables());
      optimizer.apply(gradients);
      network.constraints().forEach((variable, constraint) -> constraint.enforce(variable));
      JsonNode expected = json.get("expected");
      Golden.check(expected.get("data_loss").get(step), dataLoss, json.get("tol"), what + ": data");
      Golden.check(expected.get("total_loss").get(step), total, json.get("tol"), what + ": total");
    }
  }

  /// Makes a network from a graph that is a chain.
  private static Sequential chain(JsonNode model) {
    Map<String, Layer> layers = new HashMap<>();
    List<Layer> chain = new ArrayList<>();
    String last = "in0";
    for (JsonNode call : model.get("calls")) {
      if (call.get("inputs").size() != 1 || !call.get("inputs").get(0).asText().equals(last)) {
        throw Golden.notCovered("a graph that is no chain");
      }
      String name = call.get("layer").asText();
      chain.add(
          layers.computeIfAbsent(
              name, n -> KerasLayers.layer(model.get("layers").get(n)).named(n)));
      last = call.get("output").asText();
    }
    assertEquals(last, model.get("outputs").get(0).asText());
    return Sequential.of(chain);
  }

  private static Tensor typed(JsonNode json, DType dtype) {
    return Golden.dtype(json).isFloating() ? Golden.tensor(json, dtype) : Golden.tensor(json);
  }
}
