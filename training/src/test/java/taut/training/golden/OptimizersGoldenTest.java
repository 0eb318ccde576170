package taut.training.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import taut.autodiff.Gradients;
import taut.autodiff.Variable;
import taut.core.DType;
import taut.core.Tensor;
import taut.optim.Optimizer;

/// Optimizers against Keras: the variables after every step, with FLOAT32 and with FLOAT64 kernels.
class OptimizersGoldenTest {
  @TestFactory
  Stream<DynamicTest> float32() {
    return Golden.tests("optimizers", json -> run(json, DType.FLOAT32));
  }

  @TestFactory
  Stream<DynamicTest> float64() {
    return Golden.tests("optimizers", json -> run(json, DType.FLOAT64));
  }

  private static void run(JsonNode json, DType dtype) {
    String id = Golden.id(json);
    JsonNode tol = json.get("tol");
    JsonNode expected = json.get("expected");
    double[] rates = Golden.doubles(expected.get("learning_rates"));
    Optimizer optimizer =
        KerasOptimizers.of(
            json.get("optimizer"),
            KerasOptimizers.strings(json.path("exclude_from_weight_decay")),
            step -> rates[(int) Math.min(step, rates.length - 1)]);
    List<Variable> variables = new ArrayList<>();
    for (JsonNode variable : json.get("variables")) {
      Tensor initial = Golden.tensor(variable.get("value"), dtype);
      variables.add(Variable.trainable(variable.get("name").asText(), initial));
    }
    for (int step = 0; step < json.get("gradients").size(); step++) {
      Golden.check(rates[step], optimizer.learningRate(), tol, id + ": rate");
      optimizer.apply(gradients(json.get("gradients").get(step), variables, dtype));
      constrain(json.path("constraints"), variables);
      check(expected.get("variables").get(step), variables, tol, id + ": step " + step);
    }
    if (expected.has("finalized")) {
      optimizer.finalizeAverages();
      check(expected.get("finalized"), variables, tol, id + ": finalized");
    }
  }

  private static Gradients gradients(JsonNode list, List<Variable> variables, DType dtype) {
    Map<Variable, Tensor> gradients = new LinkedHashMap<>();
    for (int i = 0; i < list.size(); i++) {
      gradients.put(variables.get(i), Golden.tensor(list.get(i), dtype));
    }
    return Gradients.of(gradients);
  }

  private static void constrain(JsonNode constraints, List<Variable> variables) {
    for (Variable variable : variables) {
      KerasLayers.constraint(constraints.path(variable.name())).enforce(variable);
    }
  }

  private static void check(
      JsonNode expected, List<Variable> variables, JsonNode tol, String what) {
    for (int i = 0; i < expected.size(); i++) {
      Variable variable = variables.get(i);
      Golden.check(expected.get(i), variable.value(), tol, what + ": " + variable.name());
    }
  }
}
