package taut.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import taut.autodiff.Variable;
import taut.core.DType;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.regularizers.L2;

class LayerNormalizationTest {
  @Test
  void normalizesEachSample() {
    Tensor x = Layers.normal(5, 64).mul(3).add(100);
    Tensor y = new LayerNormalization().epsilon(1e-7).apply(x, Pass.inference());
    assertArrayEquals(new float[5], y.mean(1).toFloats(), 1e-4f);
    assertArrayEquals(Tensor.ones(5).toFloats(), y.square().mean(1).toFloats(), 1e-3f);
  }

  @Test
  void rootMeanSquareKeepsTheMean() {
    Tensor x = Tensor.of(Shape.of(1, 2), 3f, 4);
    Tensor y = new RMSNormalization().epsilon(0).apply(x, Pass.inference());
    double root = Math.sqrt(12.5);
    assertArrayEquals(new float[] {(float) (3 / root), (float) (4 / root)}, y.toFloats(), 1e-6f);
  }

  @Test
  void axesInFrontAreNormalizedInTheirPlace() {
    Tensor x = Layers.normal(2, 5, 3);
    Tensor y = new LayerNormalization().axis(1).apply(x, Pass.inference());
    Tensor turned = new LayerNormalization().apply(x.transpose(0, 2, 1), Pass.inference());
    assertArrayEquals(turned.transpose(0, 2, 1).toFloats(), y.toFloats());
  }

  @Test
  void gradientsAgreeWithDifferences() {
    RandomStream random = RandomStream.of(5);
    for (int[] axes : new int[][] {{-1}, {1}, {1, 2}, {0, -1}}) {
      Tensor x = random.normal(Shape.of(4, 3, 2), 0, 1).cast(DType.FLOAT64);
      LayerNormalization layer =
          new LayerNormalization()
              .axis(axes)
              .gammaInitializer(new RandomNormal(1, 0.3))
              .gammaRegularizer(new L2(0.1))
              .betaRegularizer(new L2(0.1));
      layer.apply(x, Pass.inference(random));
      Layers.checkGradients(layer, x, Pass::inference);
    }
    RMSNormalization layer = new RMSNormalization();
    Tensor x = random.normal(Shape.of(4, 3), 0, 1).cast(DType.FLOAT64);
    layer.apply(x, Pass.inference(random));
    Layers.checkGradients(layer, x, Pass::inference);
  }

  @Test
  void weightsHaveTheShapeOfTheAxes() {
    LayerNormalization layer = new LayerNormalization().axis(-1, 1);
    layer.build(Shape.of(2, 5, 3, 4), RandomStream.of(1));
    assertEquals(Shape.of(5, 4), layer.variable("gamma").shape());
    LayerNormalization bare = new LayerNormalization().scale(false).center(false);
    bare.build(Shape.of(2, 5), RandomStream.of(1));
    assertEquals(List.of(), bare.variables());
    RMSNormalization root = new RMSNormalization();
    root.build(Shape.of(2, 5), RandomStream.of(1));
    assertEquals(
        List.of("rms_normalization/scale"), root.variables().stream().map(Variable::name).toList());
  }

  @Test
  void whatWouldBeIgnoredOrCannotBeIsAnError() {
    LayerNormalization unused = new LayerNormalization().center(false).betaRegularizer(new L2());
    assertThrows(
        IllegalArgumentException.class, () -> unused.build(Shape.of(1, 2), RandomStream.of(1)));
    LayerNormalization twice = new LayerNormalization().axis(1, -1);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> twice.build(Shape.of(1, 2), RandomStream.of(1)));
    assertEquals(
        "LayerNormalization: wants different axes, got [1, -1] for [1, 2], in layer"
            + " 'layer_normalization'",
        e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new LayerNormalization().axis());
    assertThrows(IllegalArgumentException.class, () -> new LayerNormalization().epsilon(-1));
    assertThrows(IllegalArgumentException.class, () -> new RMSNormalization().epsilon(Double.NaN));
  }
}
