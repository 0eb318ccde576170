package taut.training.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import taut.autodiff.ForwardAccumulator;
import taut.autodiff.GradientTape;
import taut.autodiff.Unconnected;
import taut.core.Tensor;

/// Values and gradients of operations against those of torch.autograd in float64.
class AutodiffOpsGoldenTest {
  @TestFactory
  Stream<DynamicTest> operations() {
    return Golden.tests("autodiff_ops", AutodiffOpsGoldenTest::operation);
  }

  private static void operation(JsonNode json) {
    List<Tensor> inputs = new ArrayList<>();
    json.get("inputs").forEach(input -> inputs.add(Golden.tensor(input)));
    Tensor cotangent = Golden.tensor(json.get("cotangent"));
    JsonNode expected = json.get("expected");
    JsonNode tol = json.get("tol");
    List<Tensor> gradients;
    try (GradientTape tape = new GradientTape()) {
      inputs.forEach(tape::watch);
      Tensor output = TorchOps.apply(json, inputs);
      Golden.check(expected.get("output"), output, tol, Golden.id(json) + " output");
      gradients = tape.gradients(output, cotangent, inputs, Unconnected.ZERO);
    }
    for (int i = 0; i < inputs.size(); i++) {
      JsonNode wanted = expected.get("grads").get(i);
      String what = Golden.id(json) + " gradient " + i;
      Golden.check(wanted, gradients.get(i), tol, what);
      forward(json, inputs, i, cotangent, what);
    }
  }

  /// The accumulator's derivative along a direction is the product of the expected gradient with
  /// it.
  private static void forward(
      JsonNode json, List<Tensor> inputs, int input, Tensor cotangent, String what) {
    double[] gradient = Golden.doubles(json.get("expected").get("grads").get(input).get("data"));
    Tensor x = inputs.get(input);
    for (int i = 0; i < gradient.length; i++) {
      double[] direction = new double[gradient.length];
      direction[i] = 1;
      try (ForwardAccumulator accumulator = new ForwardAccumulator()) {
        accumulator.watch(x, Tensor.of(x.shape(), direction));
        Tensor output = TorchOps.apply(json, inputs);
        double change = accumulator.jvp(output).mul(cotangent).sum().item();
        Golden.check(gradient[i], change, json.get("tol"), what + " forward, element " + i);
      }
    }
  }
}
