package taut.training.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import taut.autodiff.Autodiff;
import taut.autodiff.ForwardAccumulator;
import taut.autodiff.GradientTape;
import taut.autodiff.Unconnected;
import taut.core.Tensor;

/// Hessians, Hessian-vector products, jacobians and third derivatives against those of
/// torch.autograd in float64.
class AutodiffSecondOrderGoldenTest {
  @TestFactory
  Stream<DynamicTest> functions() {
    return Golden.tests("autodiff_second_order", AutodiffSecondOrderGoldenTest::function);
  }

  private static void function(JsonNode json) {
    List<Tensor> inputs = tensors(json.get("inputs"));
    switch (json.get("kind").asText()) {
      case "hvp" -> {
        hvpByTapes(json, inputs);
        hvpForwardOverReverse(json, inputs);
        hessian(json, inputs);
      }
      case "gradient_penalty" -> gradientPenalty(json, inputs);
      case "jacobian" -> jacobian(json, inputs);
      case "higher" -> higher(json, inputs.getFirst());
      default -> throw Golden.notCovered(json.get("kind").asText());
    }
  }

  private static List<Tensor> tensors(JsonNode list) {
    List<Tensor> tensors = new ArrayList<>();
    list.forEach(json -> tensors.add(Golden.tensor(json)));
    return tensors;
  }

  private static String formula(JsonNode json) {
    return json.get("formula").asText();
  }

  private static void check(JsonNode json, String member, List<Tensor> got) {
    JsonNode wanted = json.get("expected").get(member);
    for (int i = 0; i < got.size(); i++) {
      String what = Golden.id(json) + " " + member + " " + i;
      Golden.check(wanted.get(i), got.get(i), json.get("tol"), what);
    }
  }

  private static void check(JsonNode json, String member, Tensor got) {
    JsonNode wanted = json.get("expected").get(member);
    Golden.check(wanted, got, json.get("tol"), Golden.id(json) + " " + member);
  }

  private static void hvpByTapes(JsonNode json, List<Tensor> inputs) {
    List<Tensor> vectors = tensors(json.get("vectors"));
    try (GradientTape outer = new GradientTape()) {
      inputs.forEach(outer::watch);
      List<Tensor> gradients;
      try (GradientTape inner = new GradientTape()) {
        inputs.forEach(inner::watch);
        Tensor value = TorchFormulas.scalar(formula(json), inputs);
        check(json, "value", value);
        gradients = inner.gradients(value, inputs, Unconnected.ZERO);
      }
      check(json, "grads", gradients);
      Tensor product = gradients.getFirst().mul(vectors.getFirst()).sum();
      for (int i = 1; i < gradients.size(); i++) {
        product = product.add(gradients.get(i).mul(vectors.get(i)).sum());
      }
      check(json, "hvp", outer.gradients(product, inputs, Unconnected.ZERO));
    }
  }

  private static void hvpForwardOverReverse(JsonNode json, List<Tensor> inputs) {
    List<Tensor> vectors = tensors(json.get("vectors"));
    try (ForwardAccumulator forward = new ForwardAccumulator()) {
      for (int i = 0; i < inputs.size(); i++) {
        forward.watch(inputs.get(i), vectors.get(i));
      }
      try (GradientTape tape = new GradientTape()) {
        inputs.forEach(tape::watch);
        Tensor value = TorchFormulas.scalar(formula(json), inputs);
        List<Tensor> gradients = tape.gradients(value, inputs, Unconnected.ZERO);
        check(json, "hvp", gradients.stream().map(forward::jvp).toList());
      }
    }
  }

  private static void hessian(JsonNode json, List<Tensor> inputs) {
    if (!Golden.absent(json.get("expected"), "hessian")) {
      Tensor hessian =
          Autodiff.hessian(x -> TorchFormulas.scalar(formula(json), List.of(x)))
              .apply(inputs.getFirst());
      check(json, "hessian", hessian);
    }
  }

  private static void gradientPenalty(JsonNode json, List<Tensor> inputs) {
    try (GradientTape outer = new GradientTape()) {
      inputs.forEach(outer::watch);
      Tensor gradient;
      try (GradientTape inner = new GradientTape()) {
        inner.watch(inputs.getFirst());
        Tensor value = TorchFormulas.penalized(formula(json), inputs);
        gradient = inner.gradient(value, inputs.getFirst());
      }
      check(json, "inner_grad", gradient);
      Tensor penalty = TorchFormulas.penalty(formula(json), gradient);
      check(json, "value", penalty);
      check(json, "grads", outer.gradients(penalty, inputs, Unconnected.ZERO));
    }
  }

  private static void jacobian(JsonNode json, List<Tensor> inputs) {
    List<Tensor> jacobians = new ArrayList<>();
    try (GradientTape tape = new GradientTape(GradientTape.Option.PERSISTENT)) {
      inputs.forEach(tape::watch);
      Tensor output = TorchFormulas.array(formula(json), inputs);
      check(json, "output", output);
      inputs.forEach(x -> jacobians.add(tape.jacobian(output, x)));
    }
    check(json, "jacobians", jacobians);
  }

  private static void higher(JsonNode json, Tensor x) {
    check(json, "output", TorchFormulas.elementwise(formula(json), x));
    List<Tensor> derivatives = new ArrayList<>();
    for (int order = 1; order <= json.get("expected").get("derivatives").size(); order++) {
      derivatives.add(derivative(json, x, order));
    }
    check(json, "derivatives", derivatives);
  }

  private static Tensor derivative(JsonNode json, Tensor x, int order) {
    if (order == 0) {
      return TorchFormulas.elementwise(formula(json), x);
    }
    try (GradientTape tape = new GradientTape()) {
      tape.watch(x);
      return tape.gradient(derivative(json, x, order - 1).sum(), x);
    }
  }
}
