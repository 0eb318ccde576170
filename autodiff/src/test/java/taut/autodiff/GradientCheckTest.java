package taut.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import taut.core.DType;
import taut.core.Tensor;

/// The check passes what is right, fails what is wrong, and prints which element it was.
class GradientCheckTest {
  private static final Tensor X = Tensor.vector(0.5f, 2, -1);

  @Test
  void rightGradientPasses() {
    var report = GradientCheck.check(x -> x.get(0).tanh().mul(x.get(1)).sum(), X, X.exp());
    report.orThrow();
    assertEquals(6, report.elements().size());
    assertTrue(report.toString().contains("passes"), report.toString());
  }

  @Test
  void wrongGradientFailsAndIsNamed() {
    var report =
        GradientCheck.check(
            x ->
                CustomGradient.apply(
                        "wrong",
                        v -> v.square(),
                        (v, y, c) -> c.mul(v).mul(Tensor.vector(2, 3, 2).cast(v.dtype())),
                        x.get(0))
                    .sum(),
            X);
    assertFalse(report.passes());
    AssertionError error = assertThrows(AssertionError.class, report::orThrow);
    assertTrue(error.getMessage().contains("input 0, element 1: gradient 6"), error.getMessage());
    assertFalse(error.getMessage().contains("element 0"), error.getMessage());
  }

  @Test
  void missingGradientFails() {
    assertFalse(GradientCheck.check(x -> x.get(0).stopGradient().sum(), X).passes());
  }

  @Test
  void gradientThatIsNotANumberFails() {
    assertFalse(GradientCheck.check(x -> x.get(0).sub(9).sqrt().sum(), X).passes());
  }

  @Test
  void sameTensorTwiceIsTwoInputs() {
    GradientCheck.check(x -> x.get(0).mul(x.get(1)).sum(), X, X).orThrow();
  }

  @Test
  void checkOfNothingFails() {
    assertFalse(GradientCheck.check(x -> Tensor.vector(1).cast(DType.FLOAT64).sum()).passes());
  }

  @Test
  void toleranceIsRespected() {
    var strict = GradientCheck.check(x -> x.get(0).exp().sum(), 1e-15, X);
    assertFalse(strict.passes());
    assertTrue(GradientCheck.check(x -> x.get(0).exp().sum(), 1e-4, X).passes());
  }

  @Test
  void functionMustReturnAFloat64Scalar() {
    var single =
        assertThrows(
            IllegalArgumentException.class,
            () -> GradientCheck.check(x -> x.get(0).cast(DType.FLOAT32).sum(), X));
    assertTrue(single.getMessage().contains("FLOAT64 scalar, got FLOAT32[]"), single.getMessage());
    var vector =
        assertThrows(
            IllegalArgumentException.class, () -> GradientCheck.check(x -> x.get(0).exp(), X));
    assertTrue(vector.getMessage().contains("got FLOAT64[3]"), vector.getMessage());
  }
}
