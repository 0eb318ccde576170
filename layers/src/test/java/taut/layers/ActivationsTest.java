package taut.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import taut.autodiff.GradientCheck;
import taut.core.Shape;
import taut.core.Tensor;

class ActivationsTest {
  @ParameterizedTest
  @EnumSource
  void gradientsAgreeWithDifferences(Activations activation) {
    Tensor x = Layers.normal(3, 4);
    GradientCheck.check(in -> activation.apply(in.getFirst()).sin().sum(), x).orThrow();
  }

  @ParameterizedTest
  @EnumSource
  void notANumberStaysSo(Activations activation) {
    Tensor y = activation.apply(Tensor.of(Shape.of(1, 1), Float.NaN));
    assertTrue(Double.isNaN(y.item()));
  }

  @Test
  void reluWithAllSettings() {
    Tensor x = Tensor.vector(-2, 0.25f, 0.5f, 1, 3, Float.NaN);
    assertArrayEquals(
        new float[] {-0.25f, -0.025f, 0, 1, 2, Float.NaN},
        new Relu(0.1, 2, 0.5).apply(x).toFloats(),
        1e-6f);
    assertArrayEquals(
        new float[] {-0.2f, 0.25f, 0.5f, 1, 3, Float.NaN},
        new Relu(0.1, Double.POSITIVE_INFINITY, 0).apply(x).toFloats(),
        1e-6f);
    Tensor smooth = Layers.normal(20).mul(3);
    GradientCheck.check(in -> new Relu(0.1, 2, 0.5).apply(in.getFirst()).sum(), smooth).orThrow();
    assertThrows(IllegalArgumentException.class, () -> new Relu(-1, 1, 0));
  }

  @Test
  void softmaxAlongAnAxis() {
    Tensor x = Layers.normal(3, 4, 2);
    Tensor y = new SoftmaxAlong(1).apply(x);
    assertArrayEquals(Tensor.ones(6).toFloats(), y.sum(1).toFloats(), 1e-6f);
    assertArrayEquals(x.softmax().toFloats(), new SoftmaxAlong(-1).apply(x).toFloats(), 1e-6f);
  }

  @Test
  void lambdaIsAnActivation() {
    Dense dense =
        new Dense(1).activation(x -> x.leakyRelu(0.1)).kernelInitializer(Initializers.ONES);
    Tensor y = dense.apply(Tensor.of(Shape.of(1, 1), -2f), Pass.inference());
    assertEquals(-0.2, y.item(), 1e-6);
  }

  @Test
  void flattenMakesRows() {
    assertEquals(Shape.of(2, 12), flat(Tensor.ones(2, 3, 4)));
    assertEquals(Shape.of(2, 3), flat(Tensor.ones(2, 3)));
    assertEquals(Shape.of(2, 1), flat(Tensor.ones(2)));
    assertEquals(Shape.of(0, 12), flat(Tensor.ones(0, 3, 4)));
    assertThrows(IllegalArgumentException.class, () -> flat(Tensor.scalar(1)));
  }

  private static Shape flat(Tensor x) {
    return new Flatten().apply(x, Pass.inference()).shape();
  }
}
