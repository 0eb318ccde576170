package taut.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import taut.autodiff.Variable;
import taut.core.DType;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.regularizers.Regularizer;

class LayerTest {
  /// A layer as a user writes one; it fails when it is built for more than ten features.
  private static final class Scale extends Layer {
    @Override
    protected void build(Shape input) {
      addWeight("factor", Shape.of(input.dim(-1)), Initializers.ONES, Regularizer.none());
      if (input.dim(-1) > 10) {
        throw new IllegalArgumentException("scale: wants at most 10 features, got " + input);
      }
      addState("calls", Shape.SCALAR, Initializers.ZEROS);
    }

    @Override
    protected Tensor forward(Tensor x, Pass pass) {
      return x.mul(variable("factor").value());
    }
  }

  @Test
  void variablesOfALayerThatIsNotBuiltAreAnError() {
    Dense dense = new Dense(3);
    IllegalStateException e = assertThrows(IllegalStateException.class, dense::variables);
    assertEquals(
        "layer 'dense': has no weights yet; build it with build(shape, random), or call it",
        e.getMessage());
    assertThrows(IllegalStateException.class, dense::trainableVariables);
    assertThrows(IllegalStateException.class, dense::constraints);
    assertThrows(IllegalStateException.class, () -> dense.variable("kernel"));
    assertThrows(IllegalStateException.class, () -> dense.setWeights(List.of()));
    Sequential around = Sequential.of(new Flatten(), dense);
    assertThrows(IllegalStateException.class, around::variables);
  }

  @Test
  void variablesCarryLayerAndRole() {
    Scale scale = new Scale();
    scale.build(Shape.of(1, 2), RandomStream.of(1));
    assertEquals(
        List.of("scale/factor FLOAT32[2]", "scale/calls FLOAT32[]"),
        scale.variables().stream().map(Variable::toString).toList());
    assertEquals(List.of(scale.variable("factor")), scale.trainableVariables());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> scale.variable("kernel"));
    assertEquals("layer 'scale': has no 'kernel', only [factor, calls]", e.getMessage());
  }

  @Test
  void failedBuildLeavesTheLayerAsItWas() {
    Scale scale = new Scale();
    assertThrows(
        IllegalArgumentException.class, () -> scale.build(Shape.of(1, 11), RandomStream.of(1)));
    assertFalse(scale.isBuilt());
    scale.build(Shape.of(1, 3), RandomStream.of(1));
    assertEquals(Shape.of(3), scale.variable("factor").shape());
  }

  @Test
  void weightsTakeTheTypeOfTheInput() {
    Scale doubles = new Scale();
    doubles.apply(Tensor.ones(1, 2).cast(DType.FLOAT64), Pass.inference());
    assertEquals(DType.FLOAT64, doubles.variable("factor").dtype());
  }

  @Test
  void setWeightsSetsAllOrNothing() {
    Dense dense = new Dense(2);
    dense.build(Shape.of(1, 3), RandomStream.of(1));
    Tensor kernel = Tensor.ones(3, 2);
    Tensor bias = Tensor.ones(2);
    dense.setWeights(List.of(kernel, bias));
    assertArrayEquals(new float[] {1, 1}, dense.variable("bias").value().toFloats());
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> dense.setWeights(List.of(Tensor.zeros(3, 2), Tensor.zeros(3))));
    assertEquals(
        "layer 'dense': setWeights wants [dense/kernel FLOAT32[3, 2], dense/bias FLOAT32[2]],"
            + " got [FLOAT32[3, 2], FLOAT32[3]]",
        e.getMessage());
    assertEquals(6, dense.variable("kernel").value().sum().item());
    assertThrows(IllegalArgumentException.class, () -> dense.setWeights(List.of(kernel)));
  }

  @Test
  void freezingBeforeOrAfterBuildingIsTheSame() {
    Dense before = new Dense(2);
    before.setTrainable(false);
    before.build(Shape.of(1, 3), RandomStream.of(1));
    assertTrue(before.trainableVariables().isEmpty());
    before.setTrainable(true);
    assertEquals(2, before.trainableVariables().size());
    Scale scale = new Scale();
    scale.build(Shape.of(1, 3), RandomStream.of(1));
    scale.setTrainable(false);
    scale.setTrainable(true);
    assertFalse(scale.variable("calls").isTrainable(), "state is never trained");
  }

  @Test
  void unnamedLayerIsCalledAfterItsClass() {
    assertEquals("dense", new Dense(1).name());
    assertEquals("batch_normalization", new BatchNormalization().name());
    assertEquals("activation", new ActivationLayer(Activations.RELU).name());
    assertThrows(IllegalArgumentException.class, () -> new Dense(1).named(" "));
  }

  @Test
  void layersBuiltFromOneStreamDiffer() {
    RandomStream random = RandomStream.of(1);
    Dense first = new Dense(4);
    Dense second = new Dense(4);
    first.build(Shape.of(1, 4), random);
    second.build(Shape.of(1, 4), random);
    double difference =
        first.variable("kernel").value().sub(second.variable("kernel").value()).abs().sum().item();
    assertTrue(difference > 0.1);
  }

  @Test
  void weightsDoNotDependOnTheSizeOfOtherLayers() {
    Sequential one =
        Sequential.of(new Dense(4).kernelInitializer(Initializers.HE_NORMAL), new Dense(3));
    Sequential two = Sequential.of(new Dense(4), new Dense(3));
    one.build(Shape.of(1, 2), RandomStream.of(1));
    two.build(Shape.of(1, 2), RandomStream.of(1));
    assertArrayEquals(
        one.variables().get(2).value().toFloats(), two.variables().get(2).value().toFloats());
  }
}
