package taut.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.ops.LayerNormalize;
import taut.core.ops.Unary;

/// An op that gives the gradients of all its inputs at once gives the same as one after the other.
class AtOnceTest {
  private static final Tensor X = RandomStream.of(1).normal(Shape.of(6, 21), 0, 1);
  private static final Tensor BIAS = RandomStream.of(2).normal(Shape.of(21), 0, 1);

  private static Tensor fused(Tensor x, Tensor bias) {
    return x.biasActivation(bias, Unary.RELU);
  }

  private static Tensor plain(Tensor x, Tensor bias) {
    return x.add(bias).relu();
  }

  private static void check(
      BinaryOperator<Tensor> loss, BinaryOperator<Tensor> expected, Tensor x, Tensor bias) {
    List<Tensor> got = gradients(loss, x, bias);
    List<Tensor> wanted = gradients(expected, x, bias);
    for (int i = 0; i < got.size(); i++) {
      assertArrayEquals(wanted.get(i).toFloats(), got.get(i).toFloats(), 1e-5f);
    }
  }

  private static List<Tensor> gradients(BinaryOperator<Tensor> loss, Tensor x, Tensor bias) {
    try (GradientTape tape = new GradientTape()) {
      tape.watch(x);
      tape.watch(bias);
      return tape.gradients(loss.apply(x, bias), List.of(x, bias), Unconnected.ZERO);
    }
  }

  @Test
  void bothGradients() {
    check((x, b) -> fused(x, b).square().sum(), (x, b) -> plain(x, b).square().sum(), X, BIAS);
  }

  @Test
  void gradientsThatMeetOthersBeforeAndAfter() {
    check(
        (x, b) -> x.mul(b).add(fused(x, b)).add(fused(x.mul(2), b)).square().sum(),
        (x, b) -> x.mul(b).add(plain(x, b)).add(plain(x.mul(2), b)).square().sum(),
        X,
        BIAS);
  }

  @Test
  void oneTensorAsBothInputs() {
    check((x, b) -> fused(b, b).square().sum(), (x, b) -> plain(b, b).square().sum(), X, BIAS);
  }

  @Test
  void normalizationWithoutAShiftTakesOnePass() {
    Tensor scale = RandomStream.of(3).normal(Shape.of(21), 0, 1);
    Tensor[] all = new Tensor[3];
    for (int watched = 2; watched <= 3; watched++) {
      try (GradientTape tape = new GradientTape()) {
        tape.watch(X);
        tape.watch(scale);
        if (watched == 3) {
          tape.watch(BIAS);
        }
        Tensor y = new LayerNormalize(1e-3, true).apply(X, scale, BIAS);
        List<Tensor> found =
            tape.gradients(
                y.square().sum(), List.of(X, scale, BIAS).subList(0, watched), Unconnected.NONE);
        for (int i = 0; i < watched; i++) {
          if (all[i] != null) {
            assertArrayEquals(all[i].toFloats(), found.get(i).toFloats());
          }
          all[i] = found.get(i);
        }
      }
    }
  }

  @Test
  void oneInputThatNobodyAskedFor() {
    try (GradientTape tape = new GradientTape()) {
      tape.watch(BIAS);
      Tensor gradient = tape.gradient(fused(X, BIAS).sum(), BIAS);
      float[] wanted = X.add(BIAS).greater(0).cast(X.dtype()).sum(0).toFloats();
      assertArrayEquals(wanted, gradient.toFloats());
    }
  }
}
