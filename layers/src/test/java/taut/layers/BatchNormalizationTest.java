package taut.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import taut.autodiff.GradientTape;
import taut.autodiff.Variable;
import taut.core.DType;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.regularizers.L2;

class BatchNormalizationTest {
  private static Pass training() {
    return Pass.training(RandomStream.of(1));
  }

  @Test
  void normalizesEachFeatureInTraining() {
    BatchNormalization layer = new BatchNormalization().epsilon(1e-7);
    Tensor x = Layers.normal(64, 3).mul(5).add(Tensor.vector(100, -3, 0));
    Tensor y = layer.apply(x, training());
    assertArrayEquals(new float[3], y.mean(0).toFloats(), 1e-4f);
    assertArrayEquals(new float[] {1, 1, 1}, y.square().mean(0).toFloats(), 1e-3f);
  }

  @Test
  void movingVarianceIsTheBiasedOne() {
    BatchNormalization layer = new BatchNormalization().momentum(0);
    layer.apply(Tensor.of(Shape.of(2, 1), 1f, 3), training());
    assertEquals(2, layer.variable("moving_mean").value().item(), 1e-6);
    assertEquals(1, layer.variable("moving_variance").value().item(), 1e-6);
  }

  @Test
  void momentumWeighsTheOldValue() {
    BatchNormalization layer = new BatchNormalization();
    layer.apply(Tensor.of(Shape.of(2, 1), 1f, 3), training());
    assertEquals(0.99 * 0 + 0.01 * 2, layer.variable("moving_mean").value().item(), 1e-6);
    assertEquals(0.99 * 1 + 0.01 * 1, layer.variable("moving_variance").value().item(), 1e-6);
  }

  @Test
  void inferenceUsesAndKeepsTheMovingStatistics() {
    BatchNormalization layer = new BatchNormalization().epsilon(0);
    layer.build(Shape.of(1, 2), RandomStream.of(1));
    layer.setWeights(
        List.of(
            Tensor.vector(2, 1), Tensor.vector(10, 0), Tensor.vector(1, 0), Tensor.vector(4, 1)));
    Tensor y = layer.apply(Tensor.of(Shape.of(1, 2), 5f, 7), Pass.inference());
    assertArrayEquals(new float[] {14, 7}, y.toFloats(), 1e-5f);
    assertArrayEquals(new float[] {1, 0}, layer.variable("moving_mean").value().toFloats());
  }

  @Test
  void frozenLayerIsInInferenceModeEvenInTraining() {
    BatchNormalization layer = new BatchNormalization().gammaRegularizer(new L2(0.1));
    Tensor x = Layers.normal(5, 2);
    layer.apply(x, training()).sum();
    layer.setTrainable(false);
    float[] mean = layer.variable("moving_mean").value().toFloats();
    Pass pass = training();
    Tensor y = layer.apply(x, pass);
    assertArrayEquals(layer.apply(x, Pass.inference()).toFloats(), y.toFloats());
    assertArrayEquals(mean, layer.variable("moving_mean").value().toFloats());
    assertEquals(0, pass.penalties().list().size());
  }

  @Test
  void gradientsAgreeWithDifferences() {
    RandomStream random = RandomStream.of(5);
    for (int axis : new int[] {1, -1}) {
      Tensor x = random.normal(Shape.of(4, 3, 2), 0, 1).cast(DType.FLOAT64);
      BatchNormalization layer =
          new BatchNormalization()
              .axis(axis)
              .gammaInitializer(new RandomNormal(1, 0.3))
              .gammaRegularizer(new L2(0.1))
              .betaRegularizer(new L2(0.1));
      layer.apply(x, Pass.inference(random));
      Layers.checkGradients(layer, x, BatchNormalizationTest::training);
      Layers.checkGradients(layer, x, Pass::inference);
    }
  }

  @Test
  void movingStatisticsAreNoPartOfTheGradient() {
    BatchNormalization layer = new BatchNormalization();
    Tensor x = Layers.normal(5, 2);
    layer.build(x.shape(), RandomStream.of(1));
    try (GradientTape tape = new GradientTape()) {
      // Twice in one pass: the second call updates what the first one read.
      Tensor loss = layer.apply(layer.apply(x, training()), training()).sin().sum();
      assertEquals(2, tape.gradient(loss, layer.variables()).variables().size());
    }
  }

  @Test
  void withoutScaleOrCenterThereAreNoSuchWeights() {
    BatchNormalization layer = new BatchNormalization().scale(false).center(false);
    layer.build(Shape.of(1, 2), RandomStream.of(1));
    assertEquals(
        List.of("batch_normalization/moving_mean", "batch_normalization/moving_variance"),
        layer.variables().stream().map(Variable::name).toList());
  }

  @Test
  void whatWouldBeIgnoredOrCannotBeIsAnError() {
    BatchNormalization unused = new BatchNormalization().scale(false).gammaRegularizer(new L2());
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> unused.build(Shape.of(1, 2), RandomStream.of(1)));
    assertEquals(
        "there is no gamma, so its regularizer L2[lambda=0.01] would be ignored, in layer"
            + " 'batch_normalization'",
        e.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> new BatchNormalization().apply(Tensor.ones(3), training()));
    assertThrows(IllegalArgumentException.class, () -> new BatchNormalization().momentum(1.5));
    assertThrows(
        IllegalArgumentException.class, () -> new BatchNormalization().epsilon(Double.NaN));
  }
}
