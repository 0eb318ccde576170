package taut.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import taut.core.DType;
import taut.core.RandomStream;
import taut.core.Recorder;
import taut.core.Shape;
import taut.core.Tensor;
import taut.regularizers.L1;
import taut.regularizers.L2;

class DenseTest {
  @Test
  void computesActivationOfProductPlusBias() {
    Dense dense = new Dense(2).activation(Activations.RELU);
    dense.build(Shape.of(1, 3), RandomStream.of(1));
    dense.setWeights(
        List.of(Tensor.of(Shape.of(3, 2), 1f, 2, 3, 4, 5, 6), Tensor.vector(10, -100)));
    Tensor y = dense.apply(Tensor.of(Shape.of(1, 3), 1f, 2, 3), Pass.inference());
    assertArrayEquals(new float[] {32, 0}, y.toFloats());
  }

  @Test
  void actsOnTheLastAxis() {
    Dense dense = new Dense(5);
    Tensor x = RandomStream.of(3).normal(Shape.of(2, 3, 4), 0, 1);
    Tensor y = dense.apply(x, Pass.inference());
    assertEquals(Shape.of(2, 3, 5), y.shape());
    Tensor rows = dense.apply(x.reshape(6, 4), Pass.inference());
    assertArrayEquals(rows.toFloats(), y.toFloats());
    assertEquals(Shape.of(0, 5), dense.apply(Tensor.zeros(0, 4), Pass.inference()).shape());
  }

  @Test
  void runsNoOperationTooMany() {
    assertEquals(
        List.of("matmul", "biasRelu"),
        operations(new Dense(4).activation(Activations.RELU).kernelRegularizer(new L2(0.1))));
    assertEquals(List.of("matmul", "add"), operations(new Dense(4)));
    assertEquals(List.of("matmul"), operations(new Dense(4).useBias(false)));
  }

  private static List<String> operations(Dense dense) {
    dense.build(Shape.of(2, 3), RandomStream.of(1));
    List<String> labels = new ArrayList<>();
    Recorder recorder = (op, inputs, output) -> labels.add(op.label());
    Tensor x = Tensor.ones(2, 3);
    Recorder.start(recorder);
    try {
      dense.apply(x, Pass.inference());
    } finally {
      Recorder.stop(recorder);
    }
    return labels;
  }

  @Test
  void gradientsAgreeWithDifferences() {
    Dense dense =
        new Dense(3)
            .activation(Activations.TANH)
            .kernelRegularizer(new L1(0.1).plus(new L2(0.2)))
            .biasRegularizer(new L2(0.3))
            .activityRegularizer(new L2(0.4));
    RandomStream random = RandomStream.of(5);
    Tensor x = random.normal(Shape.of(4, 2), 0, 1).cast(DType.FLOAT64);
    dense.apply(x, Pass.inference(random));
    assertEquals(DType.FLOAT64, dense.variable("kernel").dtype());
    Layers.checkGradients(dense, x, Pass::inference);
  }

  @Test
  void regularizerOfAMissingBiasIsAnError() {
    Dense regularized = new Dense(3).useBias(false).biasRegularizer(new L2(0.1));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> regularized.build(Shape.of(1, 2), RandomStream.of(1)));
    assertEquals(
        "there is no bias, so its regularizer L2[lambda=0.1] would be ignored, in layer 'dense'",
        e.getMessage());
    Dense constrained = new Dense(3).useBias(false).biasConstraint(new NonNeg());
    assertThrows(
        IllegalArgumentException.class,
        () -> constrained.build(Shape.of(1, 2), RandomStream.of(1)));
    new Dense(3)
        .useBias(false)
        .biasRegularizer(new L2(0))
        .build(Shape.of(1, 2), RandomStream.of(1));
  }

  @Test
  void inputsThatDoNotFitAreNamedWithTheLayer() {
    Dense dense = new Dense(5).named("head");
    assertMessage(
        "dense: wants an input of rank 2 or more, [batch, ..., features], got [3], in layer 'head'",
        () -> dense.apply(Tensor.zeros(3), Pass.inference()));
    dense.build(Shape.of(1, 100), RandomStream.of(1));
    assertMessage(
        "matmul: inner dimensions differ: [32, 784] × [100, 5] (784 ≠ 100), in layer 'head'",
        () -> dense.apply(Tensor.zeros(32, 784), Pass.inference()));
    assertMessage("Dense: units must be 1 or more, got 0", () -> new Dense(0));
  }

  private static void assertMessage(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @TestFactory
  Stream<DynamicTest> settingsAfterTheFirstUseAreErrors() {
    Dense dense = new Dense(2);
    dense.build(Shape.of(1, 2), RandomStream.of(1));
    return Stream.<Executable>of(
            () -> dense.activation(Activations.RELU),
            () -> dense.useBias(false),
            () -> dense.kernelInitializer(Initializers.ONES),
            () -> dense.biasInitializer(Initializers.ONES),
            () -> dense.kernelRegularizer(new L2()),
            () -> dense.biasRegularizer(new L2()),
            () -> dense.activityRegularizer(new L2()),
            () -> dense.kernelConstraint(new NonNeg()),
            () -> dense.biasConstraint(new NonNeg()),
            () -> dense.named("late"))
        .map(setting ->
            DynamicTest.dynamicTest(
                "setting",
                () -> {
                  IllegalStateException e = assertThrows(IllegalStateException.class, setting);
                  assertEquals(
                      "must be set before the layer is first used",
                      e.getMessage().replaceAll("layer 'dense': the [a-z ]+ must", "must"));
                }));
  }
}
