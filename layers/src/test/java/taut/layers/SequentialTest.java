package taut.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import taut.autodiff.Variable;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;

class SequentialTest {
  private static List<String> names(List<Layer> layers) {
    return layers.stream().map(Layer::name).toList();
  }

  private static List<String> variables(Layer layer) {
    return layer.variables().stream().map(Variable::name).toList();
  }

  @Test
  void namesWhatWasNotNamed() {
    Sequential model =
        Sequential.of(
            new Flatten(),
            new Dense(4),
            new Dense(3).named("dense_1"),
            new Dense(2),
            new Dropout(0.5),
            new Dense(1));
    assertEquals(
        List.of("flatten", "dense", "dense_1", "dense_2", "dropout", "dense_3"),
        names(model.sublayers()));
    model.build(Shape.of(1, 2, 2), RandomStream.of(1));
    assertEquals(
        List.of(
            "dense/kernel",
            "dense/bias",
            "dense_1/kernel",
            "dense_1/bias",
            "dense_2/kernel",
            "dense_2/bias",
            "dense_3/kernel",
            "dense_3/bias"),
        variables(model));
  }

  @Test
  void containerInsideAContainerGoesBeforeTheNamesOfItsLayers() {
    Sequential encoder = Sequential.of(new Dense(4), new Dense(3)).named("encoder");
    Sequential decoder = Sequential.of(new Dense(3), Sequential.of(new Dense(4)));
    Sequential model = Sequential.of(encoder, decoder, new Dense(2));
    model.build(Shape.of(1, 5), RandomStream.of(1));
    assertEquals(
        List.of(
            "encoder/dense/kernel",
            "encoder/dense_1/kernel",
            "sequential/dense/kernel",
            "sequential/sequential/dense/kernel",
            "dense/kernel"),
        variables(model).stream().filter(name -> name.endsWith("kernel")).toList());
  }

  @Test
  void sharedLayerKeepsItsNameAndItsVariablesAreThereOnce() {
    Dense shared = new Dense(3);
    Sequential twice = Sequential.of(shared, new Dense(3), shared);
    twice.build(Shape.of(1, 3), RandomStream.of(1));
    assertEquals(
        List.of("dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias"), variables(twice));
    Sequential other = Sequential.of(new Dense(3), shared);
    other.build(Shape.of(1, 3), RandomStream.of(1));
    assertEquals(List.of("dense_1", "dense"), names(other.sublayers()));
  }

  @Test
  void twoLayersOfOneNameAreAnError() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Sequential.of(new Dense(1).named("a"), new Dense(1).named("a")));
    assertEquals(
        "two layers are named 'a'; name one of them otherwise, with named(…) before it is built",
        e.getMessage());
    assertThrows(IllegalArgumentException.class, Sequential::of);
  }

  @Test
  void errorNamesTheInnermostLayerOnce() {
    Sequential model =
        Sequential.of(new Dense(4), Sequential.of(new Dense(3).named("head")).named("tail"));
    model.build(Shape.of(1, 2), RandomStream.of(1));
    Layer tail = model.sublayers().get(1);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> tail.apply(Tensor.zeros(2, 7), Pass.inference()));
    assertEquals(
        "matmul: inner dimensions differ: [2, 7] × [4, 3] (7 ≠ 4), in layer 'tail/head'",
        e.getMessage());
  }

  @Test
  void freezesWhatIsInside() {
    Sequential model = Sequential.of(new Dense(4), new Dense(3));
    model.build(Shape.of(1, 2), RandomStream.of(1));
    model.sublayers().getFirst().setTrainable(false);
    assertEquals(
        List.of("dense_1/kernel", "dense_1/bias"),
        model.trainableVariables().stream().map(Variable::name).toList());
    model.setTrainable(false);
    assertEquals(List.of(), model.trainableVariables());
  }
}
