package taut.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import taut.autodiff.GradientTape.Option;
import taut.core.DType;
import taut.core.Shape;
import taut.core.Tensor;

/// Derivatives that are not there: every form refuses them, or gives zeros if asked so, and says
/// which operation is in the way.
class UnconnectedTest {
  private static final Tensor X = Tensor.of(Shape.of(3), 0.5, -1.0, 2);
  private static final Tensor C = Tensor.of(Shape.of(2), 3.0, 4.0);

  private static String refused(Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains("ask for Unconnected.ZERO"), message);
    return message;
  }

  private static void zeros(int size, Tensor tensor) {
    assertArrayEquals(new double[size], tensor.toDoubles(), 0.0);
  }

  @Test
  void jacobiansOfTheTape() {
    try (var tape = new GradientTape(Option.PERSISTENT)) {
      tape.watch(X);
      refused(() -> tape.jacobian(C, X));
      Tensor jacobian = tape.jacobian(C, X, Unconnected.ZERO);
      assertEquals(Shape.of(2, 3), jacobian.shape());
      zeros(6, jacobian);
      Tensor y = X.square();
      refused(() -> tape.jacobians(y, List.of(X, C), Unconnected.NONE));
      List<Tensor> both = tape.jacobians(y, List.of(X, C), Unconnected.ZERO);
      assertArrayEquals(new double[] {1, 0, 0, 0, -2, 0, 0, 0, 4}, both.get(0).toDoubles(), 0.0);
      assertEquals(Shape.of(3, 2), both.get(1).shape());
      zeros(6, both.get(1));
      Tensor other = X.copy();
      refused(() -> tape.batchJacobian(other, X));
      zeros(3, tape.batchJacobian(other, X, Unconnected.ZERO));
    }
  }

  @Test
  void functionalForms() {
    Function<Tensor, Tensor> constant = x -> C.sum();
    refused(() -> Autodiff.grad(constant).apply(X));
    zeros(3, Autodiff.grad(constant, Unconnected.ZERO).apply(X));
    refused(() -> Autodiff.valueAndGrad(constant).apply(X));
    assertEquals(7, Autodiff.valueAndGrad(constant, Unconnected.ZERO).apply(X).value().item());
    refused(() -> Autodiff.jvp(constant, X, X));
    zeros(1, Autodiff.jvp(constant, X, X, Unconnected.ZERO).change());
    refused(() -> Autodiff.directionalDerivative(constant, X, X));
    Tensor one = Tensor.scalar(1, DType.FLOAT64);
    refused(() -> Autodiff.vjp(constant, X).pullback().apply(one));
    zeros(3, Autodiff.vjp(constant, X, Unconnected.ZERO).pullback().apply(one));
    refused(() -> Autodiff.jacobian(x -> C).apply(X));
    zeros(6, Autodiff.jacobian(x -> C, Unconnected.ZERO).apply(X));
    refused(() -> Autodiff.hessian(constant).apply(X));
    zeros(9, Autodiff.hessian(constant, Unconnected.ZERO).apply(X));
    refused(() -> Autodiff.hessianVectorProduct(constant, X, X));
  }

  @Test
  void constantGradientHasAHessianOfZeros() {
    zeros(9, Autodiff.hessian(x -> x.mul(3).sum()).apply(X));
    zeros(3, Autodiff.hessianVectorProduct(x -> x.mul(3).sum(), X, X));
  }

  /// Checks that both modes name what is in the way.
  private static void blocked(UnaryOperator<Tensor> f, String... blockers) {
    String reverse = refused(() -> Autodiff.grad(x -> f.apply(x).sum()).apply(X));
    String wanted = String.join(" and ", blockers);
    assertTrue(
        reverse.startsWith(
            "gradient: the target depends on the source FLOAT64[3] only through " + wanted + ";"),
        reverse);
    String forward = refused(() -> Autodiff.jvp(x -> f.apply(x), X, X));
    assertTrue(
        forward.contains("depends on the watched inputs only through " + blockers[0]), forward);
  }

  @Test
  void blockersAreNamed() {
    blocked(
        x -> x.argmax(0).cast(DType.FLOAT64).mul(2),
        "argmax (its result INT32[] is piecewise constant)");
    blocked(
        x -> x.greater(0).cast(DType.FLOAT64),
        "greater (its result BOOL[3] is piecewise constant)");
    blocked(
        x -> x.square().cast(DType.INT32).cast(DType.FLOAT64),
        "cast (its result INT32[3] is piecewise constant)");
    blocked(x -> x.exp().stopGradient().mul(3), "stopGradient (it passes no gradient on)");
    blocked(
        x -> X.mul(x.less(0).where(X, C.sum().broadcastTo(Shape.of(3)))),
        "less (its result BOOL[3] is piecewise constant)");
    blocked(
        x -> x.greater(0).cast(DType.FLOAT64).add(x.argmin(0).cast(DType.FLOAT64)).stopGradient(),
        "greater (its result BOOL[3] is piecewise constant)",
        "argmax (its result INT32[] is piecewise constant)");
  }

  @Test
  void blockerOnTheWayOfOneSourceOnly() {
    Tensor other = C.sum();
    try (var tape = new GradientTape(Option.PERSISTENT)) {
      tape.watch(X);
      tape.watch(other);
      Tensor y = X.greater(0).cast(DType.FLOAT64).mul(other).sum();
      assertEquals(2, tape.gradient(y, other).item());
      String message = refused(() -> tape.gradient(y, X));
      assertTrue(message.contains("only through greater (its result BOOL[3]"), message);
      // An argmax of something else has nothing to do with it.
      Tensor z = other.square();
      X.argmax(0);
      String none = refused(() -> tape.gradient(z, X));
      assertTrue(none.contains("does not depend on the source FLOAT64[3]"), none);
      String unwatched = refused(() -> tape.gradient(z, C));
      assertTrue(unwatched.contains("FLOAT64[2] was not watched"), unwatched);
      String whole = refused(() -> tape.gradient(X.argmax(0), X));
      assertTrue(whole.contains("only through argmax (its result INT32[]"), whole);
    }
  }

  @Test
  void pathAroundABlockerIsAGradient() {
    assertArrayEquals(
        X.toDoubles(), Autodiff.grad(x -> x.mul(x.stopGradient()).sum()).apply(X).toDoubles());
  }

  @Test
  void variablesNameTheBlockerWithItsLine() {
    Variable w = Variable.trainable("w", X);
    Variable unused = Variable.trainable("unused", X);
    try (var tape = new GradientTape(Option.CALLERS)) {
      int line = new Throwable().getStackTrace()[0].getLineNumber() + 1;
      Tensor loss = w.value().argmax(0).cast(DType.FLOAT64);
      Gradients gradients = tape.gradient(loss, List.of(w, unused));
      assertTrue(gradients.variables().isEmpty());
      var blocked = assertThrows(NoSuchElementException.class, () -> gradients.of(w));
      assertEquals(
          "gradients: the target depends on variable w FLOAT64[3] only through argmax"
              + " (UnconnectedTest.java:"
              + line
              + ", its result INT32[] is piecewise constant)",
          blocked.getMessage());
      var never = assertThrows(NoSuchElementException.class, () -> gradients.of(unused));
      assertFalse(never.getMessage().contains("only through"), never.getMessage());
    }
  }

  @Test
  void longDeadEndsNeedNoStack() {
    try (var tape = new GradientTape()) {
      tape.watch(X);
      Tensor y = X.stopGradient();
      for (int i = 0; i < 100_000; i++) {
        y = y.add(1);
      }
      Tensor target = y.sum();
      assertTrue(refused(() -> tape.gradient(target, X)).contains("through stopGradient"));
    }
  }
}
