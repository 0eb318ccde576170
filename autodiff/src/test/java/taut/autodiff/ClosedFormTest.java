package taut.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import taut.autodiff.GradientTape.Option;
import taut.core.DType;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;

/// Jacobians, Hessians and nested derivatives that have a closed form.
class ClosedFormTest {
  private static final double TOLERANCE = 1e-12;

  private static Tensor draw(long seed, int... dims) {
    return RandomStream.of(seed).normal(Shape.of(dims), 0, 1).cast(DType.FLOAT64);
  }

  private static Tensor scalar(double value) {
    return Tensor.scalar(value, DType.FLOAT64);
  }

  private static void same(Tensor expected, Tensor actual) {
    assertEquals(expected.shape(), actual.shape());
    assertArrayEquals(expected.toDoubles(), actual.toDoubles(), TOLERANCE);
  }

  /// Σ (1 - xᵢ)² + 100 · (xᵢ₊₁ - xᵢ²)².
  private static Tensor rosenbrock(Tensor x) {
    int n = x.dim(0);
    Tensor head = x.slice(0, 0, n - 1);
    Tensor tail = x.slice(0, 1, n);
    Tensor valley = tail.sub(head.square()).square().mul(100);
    return head.subFrom(1).square().add(valley).sum();
  }

  private static double[] rosenbrockHessian(double[] x) {
    int n = x.length;
    double[] hessian = new double[n * n];
    for (int i = 0; i + 1 < n; i++) {
      hessian[i * n + i] += 2 - 400 * x[i + 1] + 1200 * x[i] * x[i];
      hessian[(i + 1) * n + i + 1] += 200;
      hessian[i * n + i + 1] = -400 * x[i];
      hessian[(i + 1) * n + i] = -400 * x[i];
    }
    return hessian;
  }

  @Test
  void hessianOfRosenbrock() {
    for (double[] point : new double[][] {{1, 1}, {-1.2, 1}, {0.3, -0.7, 1.5, 2, -1}}) {
      Tensor x = Tensor.of(Shape.of(point.length), point);
      double[] expected = rosenbrockHessian(point);
      Tensor hessian = Autodiff.hessian(ClosedFormTest::rosenbrock).apply(x);
      assertEquals(Shape.of(point.length, point.length), hessian.shape());
      assertArrayEquals(expected, hessian.toDoubles(), 1e-9);
      Tensor reverse = Autodiff.jacobian(Autodiff.grad(ClosedFormTest::rosenbrock)).apply(x);
      assertArrayEquals(expected, reverse.toDoubles(), 1e-9);
      Tensor v = draw(1, point.length);
      assertArrayEquals(
          hessian.matmul(v.expandDims(1)).toDoubles(),
          Autodiff.hessianVectorProduct(ClosedFormTest::rosenbrock, x, v).toDoubles(),
          1e-9);
    }
    assertArrayEquals(
        new double[] {0, 0, 0},
        Autodiff.grad(ClosedFormTest::rosenbrock)
            .apply(Tensor.of(Shape.of(3), 1.0, 1, 1))
            .toDoubles());
  }

  @Test
  void hessianOfAQuadraticForm() {
    Tensor a = draw(2, 2, 3, 2, 3);
    Tensor x = draw(3, 2, 3);
    Tensor square = a.reshape(6, 6);
    Tensor hessian =
        Autodiff.hessian(
                y -> {
                  Tensor flat = y.reshape(6, 1);
                  return flat.matmul(square.matmul(flat), true, false).sum();
                })
            .apply(x);
    same(square.add(square.transpose()).reshape(2, 3, 2, 3), hessian);
  }

  @Test
  void jacobianOfSoftmax() {
    Tensor x = draw(4, 5);
    Tensor p = x.softmax();
    Tensor diagonal = Tensor.identity(5).cast(DType.FLOAT64).mul(p);
    same(diagonal.sub(p.outer(p)), Autodiff.jacobian(Tensor::softmax).apply(x));
  }

  @Test
  void jacobianOfAProduct() {
    Tensor a = draw(5, 2, 3);
    Tensor x = draw(6, 3, 4);
    // ∂(A·X)ᵢⱼ / ∂Xₖₗ = Aᵢₖ · δⱼₗ.
    Tensor columns = Tensor.identity(4).cast(DType.FLOAT64).reshape(1, 4, 1, 4);
    same(a.reshape(2, 1, 3, 1).mul(columns), Autodiff.jacobian(a::matmul).apply(x));
  }

  @Test
  void forwardColumnsAreReverseRows() {
    Tensor w = draw(7, 4, 3);
    UnaryOperator<Tensor> f = x -> w.matmul(x.sin().expandDims(1)).squeeze(1).tanh();
    Tensor x = draw(8, 3);
    double[] jacobian = Autodiff.jacobian(f).apply(x).toDoubles();
    for (int j = 0; j < 3; j++) {
      Tensor basis = Tensor.range(3).equal(j).cast(DType.FLOAT64);
      double[] column = Autodiff.jvp(f, x, basis).change().toDoubles();
      for (int i = 0; i < 4; i++) {
        assertEquals(jacobian[i * 3 + j], column[i], TOLERANCE);
      }
    }
  }

  @Test
  void batchJacobianIsTheDiagonalOfTheJacobian() {
    Tensor w = draw(9, 3, 2);
    Tensor x = draw(10, 4, 3);
    try (var tape = new GradientTape(Option.PERSISTENT)) {
      tape.watch(x);
      Tensor y = x.tanh().matmul(w);
      Tensor batch = tape.batchJacobian(y, x);
      Tensor slope = x.tanh().square().subFrom(1);
      same(w.transpose().mul(slope.expandDims(1)), batch);
      Tensor full = tape.jacobian(y, x);
      assertEquals(Shape.of(4, 2, 4, 3), full.shape());
      for (int b = 0; b < 4; b++) {
        same(
            batch.slice(0, b, b + 1).squeeze(0),
            full.slice(0, b, b + 1).slice(2, b, b + 1).reshape(2, 3));
      }
      assertEquals(0, full.slice(0, 0, 1).slice(2, 1, 4).abs().sum().item());
    }
  }

  @Test
  void batchJacobianOfOtherShapes() {
    Tensor x = draw(11, 3);
    Tensor none = draw(12, 0, 2);
    try (var tape = new GradientTape(Option.PERSISTENT)) {
      tape.watch(x);
      tape.watch(none);
      same(x.cos(), tape.batchJacobian(x.sin(), x));
      same(x.cos().reshape(3, 1, 1), tape.batchJacobian(x.sin().reshape(3, 1, 1), x));
      assertEquals(Shape.of(0, 2, 2), tape.batchJacobian(none.sin(), none).shape());
    }
  }

  /// d/dx (x · d/dy (x + y)) is 1; a mode that confuses its two infinitesimals says 2 (Siskind and
  /// Pearlmutter 2005).
  @Test
  void perturbationsAreNotConfused() {
    Tensor one = scalar(1);
    UnaryOperator<Tensor> f = x -> x.mul(Autodiff.jvp(y -> x.add(y), one.copy(), one).change());
    assertEquals(1, Autodiff.jvp(f, scalar(1), one).change().item());
    assertEquals(1, Autodiff.grad(f).apply(scalar(1)).item());
    UnaryOperator<Tensor> g = x -> x.mul(Autodiff.grad(y -> x.add(y)).apply(one.copy()));
    assertEquals(1, Autodiff.jvp(g, scalar(1), one).change().item());
    assertEquals(1, Autodiff.grad(g).apply(scalar(1)).item());
  }

  /// The point is an argument and a constant at the same time: only the argument moves.
  @Test
  void constantsThatAreThePointDoNotMove() {
    Tensor two = scalar(2);
    assertEquals(2, Autodiff.grad(y -> two.mul(y)).apply(two).item());
    assertEquals(2, Autodiff.jvp(y -> two.mul(y), two, scalar(1)).change().item());
    assertEquals(0, Autodiff.hessian(y -> two.mul(y)).apply(two).item());
    UnaryOperator<Tensor> f = x -> Autodiff.grad(y -> x.mul(y)).apply(x);
    assertEquals(1, Autodiff.grad(f).apply(two).item(), "f(x) = x");
  }

  @Test
  void nestedAccumulators() {
    double x = 0.7;
    UnaryOperator<Tensor> derivative = Tensor::sin;
    double[] expected = {Math.cos(x), -Math.sin(x), -Math.cos(x), Math.sin(x)};
    for (double value : expected) {
      UnaryOperator<Tensor> inner = derivative;
      derivative = y -> Autodiff.jvp(inner, y, scalar(1)).change();
      assertEquals(value, derivative.apply(scalar(x)).item(), TOLERANCE);
    }
  }

  @Test
  void mixedDerivativeOfNestedAccumulators() {
    Tensor x = scalar(0.7);
    Tensor y = scalar(-0.4);
    Tensor one = scalar(1);
    try (var outer = new ForwardAccumulator()) {
      outer.watch(y, one);
      try (var inner = new ForwardAccumulator()) {
        inner.watch(x, one);
        Tensor f = x.mul(y).exp();
        Tensor byX = inner.jvp(f);
        assertEquals(-0.4 * Math.exp(-0.28), byX.item(), TOLERANCE);
        assertEquals((1 - 0.28) * Math.exp(-0.28), outer.jvp(byX).item(), TOLERANCE);
        assertEquals(0.7 * Math.exp(-0.28), outer.jvp(f).item(), TOLERANCE);
      }
    }
  }

  /// The second walk, with the very cotangent of the first one, is heard by a tape that did not
  /// hear the first.
  @Test
  void checkpointComputesAgainForEveryWalk() {
    Tensor x = draw(13, 3);
    Tensor cotangent = Tensor.of(Shape.of(3), 1.0, 1, 1);
    try (var tape = new GradientTape(Option.PERSISTENT)) {
      tape.watch(x);
      Tensor y = Checkpoint.of(inputs -> inputs.getFirst().pow(3), x);
      Tensor first = slopes(tape, y, cotangent, x);
      try (var outer = new GradientTape()) {
        outer.watch(x);
        Tensor again = slopes(tape, y, cotangent, x);
        same(first, again);
        same(x.mul(6), outer.gradient(again.sum(), x));
      }
    }
  }

  private static Tensor slopes(GradientTape tape, Tensor y, Tensor cotangent, Tensor x) {
    return tape.gradients(y, cotangent, List.of(x), Unconnected.NONE).getFirst();
  }
}
