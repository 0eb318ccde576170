package taut.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import taut.core.DType;
import taut.core.Shape;
import taut.core.Tensor;

/// The functional forms of functions of several tensors, against derivatives by hand.
class SeveralArgumentsTest {
  private static final Tensor X = Tensor.of(Shape.of(2), 2.0, -3);
  private static final Tensor S = Tensor.scalar(0.5, DType.FLOAT64);
  private static final List<Tensor> POINT = List.of(X, S);
  private static final List<Tensor> MOVE =
      List.of(Tensor.of(Shape.of(2), 1.0, 10), Tensor.scalar(100, DType.FLOAT64));

  /// Σ x³ · s + s².
  private static Tensor f(List<Tensor> xs) {
    Tensor s = xs.get(1);
    return xs.get(0).pow(3).sum().mul(s).add(s.square());
  }

  private static void same(Tensor tensor, Shape shape, double... values) {
    assertEquals(shape, tensor.shape());
    assertArrayEquals(values, tensor.toDoubles(), 1e-11);
  }

  @Test
  void gradients() {
    var both = Autodiff.valueAndGrads(SeveralArgumentsTest::f, Unconnected.NONE).apply(POINT);
    assertEquals(-19 * 0.5 + 0.25, both.value().item());
    same(both.gradients().get(0), Shape.of(2), 6, 13.5);
    same(both.gradients().get(1), Shape.SCALAR, -18);
    List<Tensor> alone = Autodiff.grads(SeveralArgumentsTest::f, Unconnected.NONE).apply(POINT);
    same(alone.get(0), Shape.of(2), 6, 13.5);
    same(alone.get(1), Shape.SCALAR, -18);
  }

  @Test
  void productsWithTheJacobian() {
    Function<List<Tensor>, Tensor> g = xs -> xs.get(0).square().mul(xs.get(1));
    var forward = Autodiff.jvp(g, POINT, MOVE, Unconnected.NONE);
    same(forward.value(), Shape.of(2), 2, 4.5);
    same(forward.change(), Shape.of(2), 2 + 400, -30 + 900);
    var reverse = Autodiff.vjp(g, POINT, Unconnected.NONE);
    same(reverse.value(), Shape.of(2), 2, 4.5);
    List<Tensor> back = reverse.pullback().apply(Tensor.of(Shape.of(2), 1.0, 2));
    same(back.get(0), Shape.of(2), 2, -6);
    same(back.get(1), Shape.SCALAR, 4 + 18);
    List<Tensor> jacobians = Autodiff.jacobians(g, Unconnected.NONE).apply(POINT);
    same(jacobians.get(0), Shape.of(2, 2), 2, 0, 0, -3);
    same(jacobians.get(1), Shape.of(2), 4, 9);
  }

  @Test
  void secondDerivatives() {
    List<List<Tensor>> blocks =
        Autodiff.hessians(SeveralArgumentsTest::f, Unconnected.NONE).apply(POINT);
    same(blocks.get(0).get(0), Shape.of(2, 2), 6, 0, 0, -9);
    same(blocks.get(0).get(1), Shape.of(2), 12, 27);
    same(blocks.get(1).get(0), Shape.of(2), 12, 27);
    same(blocks.get(1).get(1), Shape.SCALAR, 2);
    List<Tensor> product =
        Autodiff.hessianVectorProduct(SeveralArgumentsTest::f, POINT, MOVE, Unconnected.NONE);
    same(product.get(0), Shape.of(2), 6 + 1200, -90 + 2700);
    same(product.get(1), Shape.SCALAR, 12 + 270 + 200);
  }

  @Test
  void directionalDerivative() {
    Tensor direction = Tensor.of(Shape.of(2), 0.6, 0.8);
    Tensor slope = Autodiff.directionalDerivative(x -> x.pow(3).sum(), X, direction);
    same(slope, Shape.SCALAR, 12 * 0.6 + 27 * 0.8);
    Function<Tensor, Tensor> along = x -> x.pow(3).sum();
    Tensor curvature =
        Autodiff.directionalDerivative(
            x -> Autodiff.directionalDerivative(along, x, direction), X, direction);
    same(curvature, Shape.SCALAR, 12 * 0.36 - 18 * 0.64);
  }

  @Test
  void sameTensorTwiceIsTwoArguments() {
    Function<List<Tensor>, Tensor> product = xs -> xs.get(0).square().mul(xs.get(1)).sum();
    List<Tensor> gradients = Autodiff.grads(product, Unconnected.NONE).apply(List.of(X, X));
    same(gradients.get(0), Shape.of(2), 8, 18);
    same(gradients.get(1), Shape.of(2), 4, 9);
    var forward = Autodiff.jvp(product, List.of(X, X), List.of(X, X.mul(0)), Unconnected.NONE);
    same(forward.change(), Shape.SCALAR, 16 - 54);
  }

  @Test
  void missingArgumentsAndDirectionsAreErrors() {
    Function<List<Tensor>, Tensor> first = xs -> xs.get(0).sum();
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> Autodiff.grads(first, Unconnected.NONE).apply(POINT));
    assertTrue(error.getMessage().contains("FLOAT64[]"), error.getMessage());
    List<Tensor> zero = Autodiff.grads(first, Unconnected.ZERO).apply(POINT);
    same(zero.get(0), Shape.of(2), 1, 1);
    same(zero.get(1), Shape.SCALAR, 0);
    var count =
        assertThrows(
            IllegalArgumentException.class,
            () -> Autodiff.jvp(first, POINT, List.of(X), Unconnected.NONE));
    assertTrue(count.getMessage().contains("each of 2 arguments, got 1"), count.getMessage());
  }

  @Test
  void emptyArgumentsHaveEmptyDerivatives() {
    Tensor none = Tensor.of(Shape.of(0), new double[0]);
    List<List<Tensor>> blocks =
        Autodiff.hessians(xs -> xs.get(0).sum().add(xs.get(1).square()), Unconnected.NONE)
            .apply(List.of(none, S));
    assertEquals(Shape.of(0, 0), blocks.get(0).get(0).shape());
    assertEquals(Shape.of(0), blocks.get(0).get(1).shape());
    assertEquals(Shape.of(0), blocks.get(1).get(0).shape());
    same(blocks.get(1).get(1), Shape.SCALAR, 2);
  }

  @Test
  void pluralFormsNest() {
    Function<List<Tensor>, List<Tensor>> first =
        Autodiff.grads(SeveralArgumentsTest::f, Unconnected.NONE);
    Function<List<Tensor>, Tensor> mixed = xs -> first.apply(xs).get(0).sum();
    List<Tensor> second = Autodiff.grads(mixed, Unconnected.NONE).apply(POINT);
    same(second.get(0), Shape.of(2), 6, -9);
    same(second.get(1), Shape.SCALAR, 12 + 27);
  }
}
