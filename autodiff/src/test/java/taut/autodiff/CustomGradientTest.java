package taut.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.inspect.Listing;

/// The usual reasons for a gradient of one's own, in both directions and to second order.
class CustomGradientTest {
  private static final Tensor X = Tensor.of(Shape.of(3), 0.4, -1.3, 2.6);
  private static final Tensor V = Tensor.of(Shape.of(3), 1.0, 10, -2);

  private static Tensor straightThrough(Tensor x) {
    return CustomGradient.apply("straightThrough", Tensor::round, (z, y, c) -> c, x);
  }

  private static Tensor reversed(Tensor x) {
    return CustomGradient.apply("reversed", z -> z, (z, y, c) -> c.mul(-0.5), x);
  }

  /// log(1 + eˣ), which autodiff of this very formula spoils for large x.
  private static Tensor logOnePlusExp(Tensor x) {
    return CustomGradient.apply(
        "logOnePlusExp", z -> z.exp().add(1).log(), (z, y, c) -> c.mul(z.sigmoid()), x);
  }

  /// Checks value, gradient of Σ f(x)², its jvp, and the second derivative by all four orders of
  /// reverse and forward; the jacobian is diagonal.
  private static void check(
      UnaryOperator<Tensor> f, double[] values, double[] gradient, double[] second) {
    double[] v = V.toDoubles();
    double[] alongV = new double[3];
    double change = 0;
    for (int i = 0; i < 3; i++) {
      alongV[i] = second[i] * v[i];
      change += gradient[i] * v[i];
    }
    UnaryOperator<Tensor> loss = x -> f.apply(x).square().sum();
    assertArrayEquals(values, f.apply(X).toDoubles(), 1e-12);
    assertArrayEquals(gradient, Autodiff.grad(loss).apply(X).toDoubles(), 1e-12);
    assertEquals(change, Autodiff.jvp(loss, X, V).change().item(), 1e-11);
    UnaryOperator<Tensor> slope = x -> Autodiff.jvp(loss, x, V).change();
    double[][] orders = {
      Autodiff.grad(x -> Autodiff.grad(loss).apply(x).mul(V).sum()).apply(X).toDoubles(),
      Autodiff.hessianVectorProduct(loss, X, V).toDoubles(),
      Autodiff.grad(slope).apply(X).toDoubles()
    };
    for (double[] order : orders) {
      assertArrayEquals(alongV, order, 1e-11);
    }
    double twice = 0;
    for (int i = 0; i < 3; i++) {
      twice += alongV[i] * v[i];
    }
    assertEquals(twice, Autodiff.jvp(slope, X, V).change().item(), 1e-9);
  }

  @Test
  void straightThroughEstimate() {
    double[] rounded = {0, -1, 3};
    check(
        CustomGradientTest::straightThrough,
        rounded,
        new double[] {0, -2, 6},
        new double[] {2, 2, 2});
  }

  @Test
  void gradientReversal() {
    double[] x = X.toDoubles();
    // The gradient is -y, and the slope of y is -½ once more.
    check(
        CustomGradientTest::reversed,
        x,
        new double[] {-x[0], -x[1], -x[2]},
        new double[] {0.5, 0.5, 0.5});
  }

  @Test
  void betterForm() {
    double[] value = new double[3];
    double[] gradient = new double[3];
    double[] second = new double[3];
    for (int i = 0; i < 3; i++) {
      double x = X.toDoubles()[i];
      double s = 1 / (1 + Math.exp(-x));
      value[i] = Math.log1p(Math.exp(x));
      gradient[i] = 2 * value[i] * s;
      second[i] = 2 * s * s + 2 * value[i] * s * (1 - s);
    }
    check(CustomGradientTest::logOnePlusExp, value, gradient, second);
    Tensor large = Tensor.of(Shape.of(1), 800.0);
    assertEquals(
        1, Autodiff.grad(x -> logOnePlusExp(x).sum()).apply(large).item(), "not ∞ / ∞ = NaN");
  }

  @Test
  void clippedGradient() {
    UnaryOperator<Tensor> clipped =
        x -> CustomGradient.apply("clipped", z -> z, (z, y, c) -> c.clip(-1, 1), x);
    Tensor gradient = Autodiff.grad(x -> clipped.apply(x).mul(V).sum()).apply(X);
    assertArrayEquals(new double[] {1, 1, -1}, gradient.toDoubles());
  }

  @Test
  void noGradientAtAll() {
    UnaryOperator<Tensor> constant =
        x -> CustomGradient.apply("constant", Tensor::exp, (z, y, c) -> z.zerosLike(), x);
    assertArrayEquals(
        new double[3], Autodiff.grad(x -> constant.apply(x).sum()).apply(X).toDoubles());
    assertArrayEquals(new double[3], Autodiff.jvp(constant, X, V).change().toDoubles());
  }

  @Test
  void listingShowsItsNameOnly() {
    try (var listing = Listing.start()) {
      straightThrough(X.reshape(3, 1));
      assertEquals(
          "%2 = straightThrough(%1)", listing.toString().lines().toList().get(3).split("  ")[0]);
      assertEquals(3, listing.lines().size());
    }
  }
}
