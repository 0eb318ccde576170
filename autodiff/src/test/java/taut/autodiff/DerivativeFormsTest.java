package taut.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import taut.autodiff.GradientTape.Option;
import taut.core.DType;
import taut.core.Recorder;
import taut.core.Shape;
import taut.core.Tensor;

/// Forward mode, jacobians, functional forms, custom gradients and recomputation, against the plain
/// tape.
class DerivativeFormsTest {
  private static final Tensor X = Tensor.of(Shape.of(3), 0.5, -1.0, 2);

  private static Tensor cubes(Tensor x) {
    return x.pow(3).sum();
  }

  @Test
  void functionalFormsAgree() {
    double[] gradient = {0.75, 3, 12};
    assertArrayEquals(
        gradient, Autodiff.grad(DerivativeFormsTest::cubes).apply(X).toDoubles(), 1e-12);
    var both = Autodiff.valueAndGrad(DerivativeFormsTest::cubes).apply(X);
    assertEquals(7.125, both.value().item(), 1e-12);
    assertArrayEquals(gradient, both.gradient().toDoubles(), 1e-12);
    Tensor direction = Tensor.of(Shape.of(3), 1.0, 10, 100);
    var forward = Autodiff.jvp(DerivativeFormsTest::cubes, X, direction);
    assertEquals(0.75 + 30 + 1200, forward.change().item(), 1e-9);
    var pullback = Autodiff.vjp(Tensor::square, X);
    assertArrayEquals(
        new double[] {1, -20, 400}, pullback.pullback().apply(direction).toDoubles(), 1e-12);
    assertArrayEquals(
        new double[] {3, -60, 1200},
        Autodiff.hessianVectorProduct(DerivativeFormsTest::cubes, X, direction).toDoubles(),
        1e-9);
    double[] hessian = Autodiff.hessian(DerivativeFormsTest::cubes).apply(X).toDoubles();
    assertArrayEquals(new double[] {3, 0, 0, 0, -6, 0, 0, 0, 12}, hessian, 1e-9);
  }

  @Test
  void gradientsOfGradientsNest() {
    Function<Tensor, Tensor> f = x -> x.pow(4);
    Function<Tensor, Tensor> third =
        Autodiff.grad(x -> Autodiff.grad(y -> Autodiff.grad(f).apply(y)).apply(x));
    assertEquals(48, third.apply(Tensor.scalar(2, DType.FLOAT64)).item(), 1e-9);
  }

  @Test
  void jacobians() {
    Tensor w = Tensor.of(Shape.of(2, 3), 1.0, 2, 3, 4, 5, 6);
    Function<Tensor, Tensor> f = x -> w.matmul(x.square().expandDims(1)).squeeze(1);
    Tensor jacobian = Autodiff.jacobian(f).apply(X);
    assertEquals(Shape.of(2, 3), jacobian.shape());
    assertArrayEquals(new double[] {1, -4, 12, 4, -10, 24}, jacobian.toDoubles(), 1e-12);
    Tensor s = Tensor.scalar(3, DType.FLOAT64);
    assertEquals(Shape.of(2, 3), Autodiff.jacobian(w::mul).apply(s).shape());
    assertEquals(Shape.of(0), Autodiff.jacobian(x -> x.mul(X).slice(0, 0, 0)).apply(s).shape());
  }

  @Test
  void batchJacobianTakesEachSampleByItself() {
    Tensor x = Tensor.of(Shape.of(2, 2), 1.0, 2, 3, 4);
    try (var tape = new GradientTape(Option.PERSISTENT)) {
      tape.watch(x);
      Tensor y = x.square();
      Tensor jacobian = tape.batchJacobian(y, x);
      assertEquals(Shape.of(2, 2, 2), jacobian.shape());
      assertArrayEquals(new double[] {2, 0, 0, 4, 6, 0, 0, 8}, jacobian.toDoubles());
      assertThrows(IllegalArgumentException.class, () -> tape.batchJacobian(y.sum(), x));
    }
  }

  @Test
  void directionsOfSeveralInputsActTogether() {
    Variable w = Variable.trainable("w", Tensor.vector(2));
    Tensor x = Tensor.vector(5);
    try (var forward = new ForwardAccumulator()) {
      forward.watch(w, Tensor.vector(1));
      forward.watch(x, Tensor.vector(10));
      Tensor y = w.value().mul(x);
      assertEquals(25, forward.jvp(y).item());
      assertTrue(forward.find(x.stopGradient().mul(3)).isEmpty());
      assertThrows(IllegalArgumentException.class, () -> forward.watch(x, Tensor.vector(1, 2)));
      assertThrows(
          IllegalArgumentException.class, () -> forward.watch(Tensor.range(1), Tensor.range(1)));
    }
    assertTrue(Recorder.active().isEmpty());
  }

  @Test
  void customGradientOfAnyShape() {
    Function<Tensor, Tensor> doubled =
        v ->
            CustomGradient.apply(
                "doubled", z -> z.mul(2).reshape(3, 1), (z, y, c) -> c.mul(7).reshape(3), v);
    assertEquals(Shape.of(3, 1), doubled.apply(X).shape());
    Tensor gradient = Autodiff.grad(x -> doubled.apply(x).sum()).apply(X);
    assertArrayEquals(new double[] {7, 7, 7}, gradient.toDoubles());
    var forward = Autodiff.jvp(doubled, X, X);
    assertArrayEquals(new double[] {3.5, -7, 14}, forward.change().toDoubles());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Autodiff.grad(x -> CustomGradient.apply("bad", z -> z, (z, y, c) -> c.sum(), x).sum())
                .apply(X));
  }

  @Test
  void checkpointGivesTheSameGradients() {
    Variable w = Variable.trainable("w", X);
    Function<Tensor, Tensor> f = x -> x.mul(w.value()).sin().mul(x).sum();
    for (boolean checkpoint : new boolean[] {false, true}) {
      Tensor x = X.mul(2);
      try (var tape = new GradientTape(Option.PERSISTENT)) {
        tape.watch(x);
        Tensor y = checkpoint ? Checkpoint.of(all -> f.apply(all.getFirst()), x) : f.apply(x);
        Tensor plain = f.apply(x);
        assertArrayEquals(
            tape.gradient(plain, x).toDoubles(), tape.gradient(y, x).toDoubles(), 1e-12);
        assertArrayEquals(
            tape.gradient(plain, w).toDoubles(), tape.gradient(y, w).toDoubles(), 1e-12);
      }
    }
  }

  @Test
  void checkpointHasSecondDerivatives() {
    Function<Tensor, Tensor> f = x -> Checkpoint.of(all -> cubes(all.getFirst()), x);
    Tensor product = Autodiff.hessianVectorProduct(f, X, X);
    assertArrayEquals(new double[] {1.5, 6, 24}, product.toDoubles(), 1e-9);
    Tensor twice = Autodiff.grad(x -> Autodiff.grad(f).apply(x).sum()).apply(X);
    assertArrayEquals(new double[] {3, -6, 12}, twice.toDoubles(), 1e-9);
  }

  @Test
  void checkpointOfAnUpdatedVariableIsAnError() {
    Variable w = Variable.trainable("w", X);
    try (var tape = new GradientTape()) {
      Tensor y = Checkpoint.of(all -> w.value().square().sum());
      w.assign(X.mul(2));
      var error = assertThrows(IllegalStateException.class, () -> tape.gradient(y, w));
      assertTrue(error.getMessage().contains("updated"), error.getMessage());
    }
  }

  @Test
  void checkpointPassesGradientsToWatchedTensorsThatItUsesBesides() {
    for (boolean nested : new boolean[] {false, true}) {
      Tensor y = X.add(1);
      Function<Tensor, Tensor> part = x -> x.square().mul(y).sum();
      Function<Tensor, Tensor> inner =
          nested ? x -> Checkpoint.of(all -> part.apply(all.getFirst()), x) : part;
      try (var tape = new GradientTape(Option.PERSISTENT);
          var forward = new ForwardAccumulator()) {
        tape.watch(X);
        tape.watch(y);
        forward.watch(y, X);
        Tensor z = Checkpoint.of(all -> inner.apply(all.getFirst()), X).add(y.sum());
        assertArrayEquals(X.square().add(1).toDoubles(), tape.gradient(z, y).toDoubles(), 1e-12);
        assertArrayEquals(X.mul(y).mul(2).toDoubles(), tape.gradient(z, X).toDoubles(), 1e-12);
        assertEquals(X.pow(3).sum().add(X.sum()).item(), forward.jvp(z).item(), 1e-12);
      }
    }
  }

  @Test
  void checkpointComputesAgainForATapeThatDidNotHearItsLastWalk() {
    Tensor y = X.add(1);
    Tensor one = Tensor.scalar(1, DType.FLOAT64);
    try (var tape = new GradientTape(Option.PERSISTENT)) {
      tape.watch(X);
      tape.watch(y);
      Tensor z = Checkpoint.of(all -> all.get(0).mul(all.get(1).square()).sum(), X, y);
      tape.gradients(z, one, List.of(X), Unconnected.NONE);
      try (var outer = new GradientTape()) {
        outer.watch(y);
        Tensor slope = tape.gradients(z, one, List.of(y), Unconnected.NONE).getFirst();
        assertArrayEquals(X.mul(2).toDoubles(), outer.gradient(slope.sum(), y).toDoubles(), 1e-12);
      }
    }
  }

  @Test
  void tensorsReachTheRecordersFromTheFirstToTheLast() {
    // An accumulator inside a tape: its derivatives may use the output, which the tape must know by
    // then.
    Tensor x = Tensor.scalar(0.5, DType.FLOAT64);
    try (var tape = new GradientTape()) {
      tape.watch(x);
      Tensor slope;
      try (var forward = new ForwardAccumulator()) {
        forward.watch(x, Tensor.scalar(1, DType.FLOAT64));
        slope = forward.jvp(x.tanh());
      }
      double t = Math.tanh(0.5);
      assertEquals(-2 * t * (1 - t * t), tape.gradient(slope, x).item(), 1e-12);
    }
  }

  @Test
  void aPauseKeepsATapeBelowTheAccumulatorsInsideIt() {
    Tensor cubes;
    try (var tape = new GradientTape(Option.PERSISTENT)) {
      tape.watch(X);
      Tensor before = X.square().sum();
      try (var forward = new ForwardAccumulator()) {
        forward.watch(X, Tensor.full(X.shape(), 1, DType.FLOAT64));
        tape.gradient(before, X);
        tape.stopRecording(() -> X.sum());
        cubes = forward.jvp(X.mul(X).mul(X).sum()).add(X.sum());
      }
      // d/dx (3x² + x)
      assertArrayEquals(X.mul(6).add(1).toDoubles(), tape.gradient(cubes, X).toDoubles(), 1e-12);
    }
  }

  @Test
  void gradientsOfSeveralSourcesKeepTheirOrder() {
    Tensor y = Tensor.scalar(3, DType.FLOAT64);
    try (var tape = new GradientTape()) {
      tape.watch(X);
      tape.watch(y);
      List<Tensor> gradients = tape.gradients(X.mul(y).sum(), List.of(y, X, y), Unconnected.NONE);
      assertEquals(1.5, gradients.get(0).item());
      assertArrayEquals(new double[] {3, 3, 3}, gradients.get(1).toDoubles());
      assertEquals(1.5, gradients.get(2).item());
    }
  }

  @Test
  void checkpointCountsATensorThatIsGivenTwiceOnce() {
    try (var tape = new GradientTape();
        var forward = new ForwardAccumulator()) {
      tape.watch(X);
      forward.watch(X, X);
      Tensor y = Checkpoint.of(all -> all.get(0).mul(all.get(1)).sum(), X, X);
      assertEquals(2 * X.square().sum().item(), forward.jvp(y).item(), 1e-12);
      assertArrayEquals(X.mul(2).toDoubles(), tape.gradient(y, X).toDoubles());
    }
  }

  @Test
  void checkpointCountsAVariableThatIsGivenAndReadOnce() {
    Variable w = Variable.trainable("w", X);
    try (var tape = new GradientTape()) {
      Tensor y = Checkpoint.of(all -> all.getFirst().mul(w.value()).sum(), w.value());
      assertArrayEquals(X.mul(2).toDoubles(), tape.gradient(y, w).toDoubles());
    }
  }

  @Test
  void gradientsOfVariablesKeepTheirOrderWhereSomeAreZero() {
    Variable unused = Variable.trainable("unused", X);
    Variable used = Variable.trainable("used", X);
    try (var tape = new GradientTape()) {
      Gradients gradients =
          tape.gradient(used.value().sum(), List.of(unused, used), Unconnected.ZERO);
      assertEquals(List.of(unused, used), List.copyOf(gradients.variables()));
      assertArrayEquals(new double[X.size()], gradients.of(unused).toDoubles());
    }
  }
}
