package taut.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import taut.autodiff.GradientTape;
import taut.core.RandomStream;
import taut.core.Tensor;
import taut.regularizers.L1;
import taut.regularizers.L1L2;
import taut.regularizers.L2;
import taut.regularizers.Penalties;
import taut.regularizers.Penalty;
import taut.regularizers.Regularizer;

/// What a layer and its weights pay in a pass.
class LayerPenaltiesTest {
  private static final Tensor X = Layers.normal(4, 3);

  private static List<String> roles(Pass pass) {
    return pass.penalties().list().stream().map(Penalty::role).toList();
  }

  @Test
  void sharedLayerPaysForEachActivityButOnceForAWeight() {
    Dense shared = new Dense(3).kernelRegularizer(new L2(0.1)).activityRegularizer(new L1(0.2));
    Pass pass = Pass.inference();
    Tensor first = shared.apply(X, pass);
    Tensor second = shared.apply(first, pass);
    Penalties penalties = pass.penalties();
    assertEquals(List.of("activity", "activity", "kernel"), roles(pass));
    assertEquals(
        0.2 * first.sumOfAbsolutes().item() / 4, penalties.list().get(0).value().item(), 1e-5);
    assertEquals(
        0.2 * second.sumOfAbsolutes().item() / 4, penalties.list().get(1).value().item(), 1e-5);
    assertEquals(
        0.1 * shared.variable("kernel").value().sumOfSquares().item(),
        penalties.list().get(2).value().item(),
        1e-5);
  }

  @Test
  void activityPenaltySeesTheOutputAfterTheActivation() {
    Dense dense = new Dense(3).activation(Activations.RELU).activityRegularizer(new L1(1));
    Pass pass = Pass.inference();
    Tensor y = dense.apply(X, pass);
    assertEquals(y.sum().item() / 4, pass.penalties().total().item(), 1e-5);
  }

  @Test
  void activityPenaltyIsNotDividedByTime() {
    Dense dense = new Dense(3).activityRegularizer(new L2(1));
    Pass pass = Pass.inference();
    Tensor y = dense.apply(Layers.normal(2, 5, 3), pass);
    assertEquals(y.sumOfSquares().item() / 2, pass.penalties().total().item(), 1e-4);
  }

  @Test
  void frozenLayerPaysForItsActivityOnly() {
    Dense dense =
        new Dense(3)
            .kernelRegularizer(new L2(0.1))
            .biasRegularizer(new L2(0.1))
            .activityRegularizer(new L1(0.2));
    Pass before = Pass.inference();
    dense.apply(X, before);
    assertEquals(List.of("activity", "kernel", "bias"), roles(before));
    dense.setTrainable(false);
    Pass after = Pass.inference();
    dense.apply(X, after);
    assertEquals(List.of("activity"), roles(after));
  }

  @Test
  void strengthZeroIsTheSameAsNothingBitForBit() {
    Dense none = new Dense(3).activation(Activations.TANH);
    Dense zero =
        new Dense(3)
            .activation(Activations.TANH)
            .kernelRegularizer(new L1(0))
            .biasRegularizer(new L1L2(0, 0))
            .activityRegularizer(new L2(0));
    assertArrayEquals(gradients(none), gradients(zero));
    Pass pass = Pass.inference();
    zero.apply(X, pass);
    assertTrue(pass.penalties().isEmpty());
  }

  private static float[] gradients(Dense dense) {
    try (GradientTape tape = new GradientTape();
        Pass pass = Pass.training(RandomStream.of(3))) {
      Tensor loss = dense.apply(X, pass).sum().add(pass.penalties().total());
      return tape.gradient(loss, dense.variable("kernel")).toFloats();
    }
  }

  @Test
  void penaltiesReachTheGradient() {
    Dense dense = new Dense(3).kernelRegularizer(new L2(0.5));
    try (GradientTape tape = new GradientTape();
        Pass pass = Pass.training(RandomStream.of(3))) {
      dense.apply(X, pass);
      Tensor gradient = tape.gradient(pass.penalties().total(), dense.variable("kernel"));
      assertArrayEquals(dense.variable("kernel").value().toFloats(), gradient.toFloats(), 1e-6f);
    }
  }

  @Test
  void nonScalarPenaltyNamesLayerAndRole() {
    Regularizer forgotTheSum = w -> w.square();
    Dense kernel = new Dense(3).kernelRegularizer(forgotTheSum);
    Pass pass = Pass.inference();
    kernel.apply(X, pass);
    assertEquals(
        "penalty: the kernel regularizer of layer 'dense' must return a scalar, got"
            + " FLOAT32[3, 3]; reduce it with sum()",
        assertThrows(IllegalArgumentException.class, pass::penalties).getMessage());
    Dense activity = new Dense(5).named("out").activityRegularizer(forgotTheSum);
    assertEquals(
        "penalty: the activity regularizer of layer 'out' must return a scalar, got"
            + " FLOAT32[4, 5]; reduce it with sum()",
        assertThrows(IllegalArgumentException.class, () -> activity.apply(X, Pass.inference()))
            .getMessage());
  }

  @Test
  void activityRegularizationPenalizesWhatPassesThrough() {
    ActivityRegularization layer = new ActivityRegularization(0.1, 0.2);
    Pass pass = Pass.inference();
    assertArrayEquals(X.toFloats(), layer.apply(X, pass).toFloats());
    double expected = (0.1 * X.sumOfAbsolutes().item() + 0.2 * X.sumOfSquares().item()) / 4;
    assertEquals(expected, pass.penalties().total().item(), 1e-5);
    assertThrows(IllegalArgumentException.class, () -> new ActivityRegularization(-1, 0));
  }

  @Test
  void unreadPenaltiesOfATrainingPassAreCounted() {
    Dense dense = new Dense(3).kernelRegularizer(new L2(0.5)).activityRegularizer(new L1(0.2));
    Pass training = Pass.training(RandomStream.of(1));
    dense.apply(X, training);
    assertEquals(2, training.unread());
    training.penalties();
    assertEquals(0, training.unread());
    Pass inference = Pass.inference();
    dense.apply(X, inference);
    assertEquals(0, inference.unread());
  }
}
