package taut.training.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import taut.autodiff.GradientTape;
import taut.autodiff.Unconnected;
import taut.autodiff.Variable;
import taut.core.DType;
import taut.core.RandomStream;
import taut.core.Tensor;
import taut.layers.Layer;
import taut.layers.Pass;
import taut.regularizers.Penalty;

/// Runs a case of a `layers_…` file: outputs, losses, gradients and what the call itself changed.
record LayerCase(JsonNode json, DType dtype) {
  /// Runs a case in the element type of the file and in FLOAT64.
  static void run(JsonNode json) {
    new LayerCase(json, DType.FLOAT32).run();
    new LayerCase(json, DType.FLOAT64).run();
  }

  private void run() {
    for (JsonNode expected : json.get("expected")) {
      String training = expected.get("training").asText();
      if (!training.equals("false")) {
        run(expected, Pass.training(RandomStream.of(1)));
      }
      if (!training.equals("true")) {
        run(expected, Pass.inference());
      }
    }
  }

  private void run(JsonNode expected, Pass pass) {
    if (json.get("inputs").size() != 1) {
      throw Golden.notCovered("several inputs");
    }
    Tensor x = tensor(json.get("inputs").get(0));
    Layer layer = KerasLayers.layer(json.get("layer"));
    layer.apply(x, Pass.inference());
    List<Tensor> weights = new ArrayList<>();
    json.get("weights").forEach(weight -> weights.add(tensor(weight.get("value"))));
    layer.setWeights(weights);

    try (pass;
        GradientTape tape = new GradientTape()) {
      tape.watch(x);
      Tensor output = layer.apply(x, pass);
      List<Penalty> penalties = pass.penalties().list();
      Tensor total = output.mul(tensor(json.get("cotangents").get(0))).sum();
      for (Penalty penalty : penalties) {
        total = total.add(penalty.value());
      }
      check(expected.get("outputs").get(0), output, "output");
      checkLosses(expected.get("activity_losses"), penalties.stream().filter(this::isActivity));
      checkLosses(expected.get("weight_losses"), penalties.stream().filter(p -> !isActivity(p)));
      check(expected.get("total"), total, "total");
      checkGradients(expected, tape, total, x, layer.variables());
    }
    checkUpdates(expected.get("updated_weights"), layer);
  }

  private boolean isActivity(Penalty penalty) {
    return penalty.role().equals("activity");
  }

  /// A penalty of strength 0 is a loss of 0 in Keras and no loss at all here.
  private void checkLosses(JsonNode expected, Stream<Penalty> penalties) {
    List<JsonNode> losses = new ArrayList<>();
    expected.forEach(losses::add);
    losses.removeIf(loss -> loss.doubleValue() == 0);
    List<Penalty> got = penalties.toList();
    assertEquals(losses.size(), got.size(), () -> what("number of losses"));
    for (int i = 0; i < got.size(); i++) {
      check(losses.get(i), got.get(i).value(), got.get(i).role() + " loss");
    }
  }

  private void checkGradients(
      JsonNode expected, GradientTape tape, Tensor total, Tensor x, List<Variable> variables) {
    List<Tensor> sources = new ArrayList<>(List.of(x));
    variables.forEach(variable -> sources.add(variable.value()));
    List<Tensor> gradients = tape.gradients(total, sources, Unconnected.ZERO);
    check(expected.get("grad_inputs").get(0), gradients.get(0), "gradient of the input");
    for (int i = 0; i < variables.size(); i++) {
      JsonNode wanted = expected.get("grad_weights").get(i);
      String what = "gradient of " + variables.get(i).name();
      assertEquals(!wanted.isNull(), variables.get(i).isTrainable(), () -> what(what));
      if (!wanted.isNull()) {
        check(wanted, gradients.get(i + 1), what);
      }
    }
  }

  /// Weights that the case does not name must be as they were given.
  private void checkUpdates(JsonNode expected, Layer layer) {
    for (JsonNode weight : json.get("weights")) {
      String role = weight.get("name").asText();
      JsonNode wanted = expected.has(role) ? expected.get(role) : weight.get("value");
      check(wanted, layer.variable(lastWord(role)).value(), role + " after the call");
    }
  }

  /// Returns what follows the last slash: in Keras the weights of a memory belong to its cell.
  private static String lastWord(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private Tensor tensor(JsonNode array) {
    return Golden.tensor(array, dtype);
  }

  private void check(JsonNode expected, Tensor actual, String what) {
    Golden.check(expected, actual, json.get("tol"), what(what));
  }

  private String what(String what) {
    return Golden.id(json) + " " + dtype + ": " + what;
  }
}
