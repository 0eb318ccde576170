package taut.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import taut.core.DType;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;

/// What only this layer has; the rest is in [RecurringTest].
class GRUTest {
  private static final Tensor X = Layers.normal(3, 5, 2).cast(DType.FLOAT64);

  private static GRU built(GRU layer) {
    layer.apply(X, Pass.inference(RandomStream.of(1)));
    return layer;
  }

  @Test
  void hasABiasForTheStateIfItIsResetAfterTheProduct() {
    assertEquals(Shape.of(2, 12), built(new GRU(4)).variable("bias").value().shape());
    GRU before = built(new GRU(4).resetAfter(false));
    assertEquals(Shape.of(12), before.variable("bias").value().shape());
  }

  @Test
  void gradientsAgreeWithDifferencesWithTheResetBeforeTheProduct() {
    Layers.checkGradients(
        built(new GRU(3).resetAfter(false).returnSequences(true)), X, Pass::inference);
  }

  /// With one unit and no bias a product commutes with the reset.
  @Test
  void placeOfTheResetDoesNotMatterForOneUnitWithoutBias() {
    assertArrayEquals(
        built(new GRU(1).useBias(false)).apply(X, Pass.inference()).toDoubles(),
        built(new GRU(1).useBias(false).resetAfter(false)).apply(X, Pass.inference()).toDoubles(),
        1e-12);
  }
}
