package taut.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import taut.core.DType;
import taut.core.RandomStream;
import taut.core.Recorder;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.ops.Padding;
import taut.regularizers.L1;
import taut.regularizers.L2;
import taut.regularizers.Penalty;

/// Convolution and pooling layers; the values of many more settings are compared with Keras's.
class ConvolvingTest {
  private static final Tensor IMAGES = Layers.normal(2, 5, 6, 4);

  @Test
  void slidesTheKernelAndAddsTheBias() {
    Conv1D layer = new Conv1D(1, 2).activation(Activations.RELU);
    layer.build(Shape.of(1, 4, 1), RandomStream.of(1));
    layer.setWeights(List.of(Tensor.of(Shape.of(2, 1, 1), 1f, 10), Tensor.vector(-30)));
    Tensor x = Tensor.of(Shape.of(1, 4, 1), 1f, 2, 3, 4);
    assertArrayEquals(new float[] {0, 2, 13}, layer.apply(x, Pass.inference()).toFloats());
  }

  @Test
  void shapesFollowTheSettings() {
    assertEquals(Shape.of(2, 3, 4, 8), shape(new Conv2D(8, 3)));
    assertEquals(Shape.of(2, 5, 6, 8), shape(new Conv2D(8, 3, 2).padding(Padding.SAME)));
    assertEquals(Shape.of(2, 3, 2, 8), shape(new Conv2D(8, 3).strides(2, 3).padding(Padding.SAME)));
    assertEquals(Shape.of(2, 1, 2, 8), shape(new Conv2D(8, 3).dilationRate(2)));
    assertEquals(Shape.of(2, 2, 3, 4), shape(new MaxPool2D(2)));
    assertEquals(Shape.of(2, 4, 5, 4), shape(new AveragePool2D(2).strides(1)));
    assertEquals(Shape.of(2, 3, 3, 4), shape(new AveragePool2D(2).padding(Padding.SAME)));
  }

  private static Shape shape(Layer layer) {
    return layer.apply(IMAGES, Pass.inference()).shape();
  }

  @Test
  void groupsSeeTheirOwnChannels() {
    Conv2D layer = new Conv2D(6, 1).groups(2).useBias(false);
    Tensor y = layer.apply(IMAGES, Pass.inference());
    assertEquals(Shape.of(1, 1, 2, 6), layer.variable("kernel").shape());
    Tensor first = IMAGES.slice(-1, 0, 2).reshape(60, 2);
    Tensor kernel = layer.variable("kernel").value().reshape(2, 6).slice(1, 0, 3);
    assertArrayEquals(
        first.matmul(kernel).toFloats(), y.slice(-1, 0, 3).reshape(60, 3).toFloats(), 1e-6f);
  }

  @Test
  void gradientsAgreeWithDifferences() {
    Conv2D layer =
        new Conv2D(2, 2)
            .strides(2, 1)
            .padding(Padding.SAME)
            .activation(Activations.TANH)
            .kernelRegularizer(new L1(0.1))
            .biasRegularizer(new L2(0.3))
            .activityRegularizer(new L2(0.4));
    Tensor x = Layers.normal(2, 3, 4, 2).cast(DType.FLOAT64);
    layer.apply(x, Pass.inference(RandomStream.of(5)));
    Layers.checkGradients(layer, x, Pass::inference);
    Layers.checkGradients(new MaxPool2D(2), x, Pass::inference);
    Layers.checkGradients(new AveragePool2D(2), x, Pass::inference);
  }

  @Test
  void paysInEveryRole() {
    Conv2D layer =
        new Conv2D(2, 2)
            .kernelRegularizer(new L1(0.1))
            .biasRegularizer(new L2(0.3))
            .activityRegularizer(new L2(0.4));
    Pass pass = Pass.inference();
    Tensor y = layer.apply(IMAGES, pass);
    List<Penalty> penalties = pass.penalties().list();
    assertEquals(
        List.of("activity", "kernel", "bias"), penalties.stream().map(Penalty::role).toList());
    assertEquals(0.4 * y.sumOfSquares().item() / 2, penalties.get(0).value().item(), 1e-4);
  }

  @Test
  void inputsAndSettingsThatDoNotFitAreErrors() {
    assertMessage("Conv2D: filters must be 1 or more, got 0", () -> new Conv2D(0, 3));
    assertMessage(
        "Conv2D: kernel size wants 1 or 2 positive numbers, got [3, 3, 3]",
        () -> new Conv2D(1, 3, 3, 3));
    assertMessage(
        "MaxPool1D: strides wants 1 or 1 positive numbers, got [0]",
        () -> new MaxPool1D(2).strides(0));
    assertMessage(
        "MaxPool2D: padding must be VALID or SAME, got CAUSAL",
        () -> new MaxPool2D(2).padding(Padding.CAUSAL));
    assertMessage(
        "Conv1D: wants an input of rank 3, [batch, spatial..., channels], got [2, 5, 6, 4], in"
            + " layer 'conv1d'",
        () -> new Conv1D(1, 2).apply(IMAGES, Pass.inference()));
    assertMessage(
        "AveragePool1D: wants an input of rank 3, [batch, spatial..., channels], got [2, 5, 6, 4],"
            + " in layer 'average_pool1d'",
        () -> new AveragePool1D(2).apply(IMAGES, Pass.inference()));
    assertMessage(
        "Conv2D: channels and filters must fall into 3 equal groups, got 4 channels and 6 filters,"
            + " in layer 'conv2d'",
        () -> new Conv2D(6, 1).groups(3).apply(IMAGES, Pass.inference()));
    Conv2D layer = new Conv2D(2, 2);
    layer.apply(IMAGES, Pass.inference());
    assertThrows(IllegalStateException.class, () -> layer.strides(2));
    assertThrows(IllegalStateException.class, () -> layer.padding(Padding.SAME));
  }

  @Test
  void runsNoOperationTooMany() {
    Conv2D layer = new Conv2D(2, 2).activation(Activations.RELU);
    layer.apply(IMAGES, Pass.inference());
    List<String> labels = new ArrayList<>();
    Recorder recorder = (op, inputs, output) -> labels.add(op.label());
    Recorder.start(recorder);
    try {
      layer.apply(IMAGES, Pass.inference());
    } finally {
      Recorder.stop(recorder);
    }
    assertEquals(List.of("convolution", "biasRelu"), labels);
  }

  private static void assertMessage(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
