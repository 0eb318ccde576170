package taut.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import taut.core.DType;
import taut.core.Shape;
import taut.core.Tensor;

/// The subgradients at kinks and edges that Taut has chosen, in both floating-point types.
class KinkTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static void gradient(UnaryOperator<Tensor> f, double[] at, double... wanted) {
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      Tensor x = Tensor.of(Shape.of(at.length), at).cast(dtype);
      try (var tape = new GradientTape()) {
        tape.watch(x);
        double[] got = tape.gradient(f.apply(x).sum(), x, Unconnected.ZERO).toDoubles();
        assertArrayEquals(wanted, got, 1e-6, dtype + " at " + Arrays.toString(at));
      }
    }
  }

  private static double[] at(double... x) {
    return x;
  }

  @Test
  void rectifiers() {
    gradient(Tensor::relu, at(0, -0.0), 0, 0);
    gradient(x -> x.leakyRelu(0.2), at(0), 0.2);
    gradient(x -> x.elu(1), at(0), 1);
    gradient(Tensor::relu6, at(0, 6), 0, 0);
    gradient(Tensor::hardSigmoid, at(-3, 3), 0, 0);
  }

  @Test
  void absoluteValues() {
    gradient(Tensor::abs, at(0, -0.0), 0, 0);
    gradient(Tensor::sumOfAbsolutes, at(0, 2, -2), 0, 1, -1);
    gradient(Tensor::sign, at(0, 1), 0, 0);
    gradient(Tensor::softsign, at(0), 1);
  }

  @Test
  void tiesShareTheGradient() {
    gradient(x -> x.maximum(0), at(0), 0.5);
    gradient(x -> x.minimum(0), at(0), 0.5);
    gradient(x -> x.maximum(x), at(1), 1);
    gradient(Tensor::max, at(1, 1, 0), 0.5, 0.5, 0);
    gradient(Tensor::min, at(1, 0, 0, 0, 0), 0, 0.25, 0.25, 0.25, 0.25);
  }

  @Test
  void clipPassesItsLimits() {
    gradient(x -> x.clip(0, 1), at(-1, 0, 0.5, 1, 2), 0, 1, 1, 1, 0);
    gradient(x -> x.clip(0.1, 0.3), at(0.1, 0.3), 1, 1);
  }

  @Test
  void roots() {
    gradient(Tensor::sqrt, at(0), INFINITY);
    gradient(x -> x.pow(0.5), at(0), INFINITY);
    gradient(Tensor::safeSqrt, at(0, 4), 0, 0.25);
    gradient(x -> x.norm(), at(0, 0, 0), 0, 0, 0);
    gradient(x -> x.norm(), at(3, 4), 0.6, 0.8);
    for (double order : new double[] {0.5, 1, 1.5, 2, 3, INFINITY, -INFINITY}) {
      gradient(x -> x.norm(order, false), at(0, 0, 0), 0, 0, 0);
    }
    gradient(x -> x.norm(1.5, false), at(4, 0, 4), Math.cbrt(0.5), 0, Math.cbrt(0.5));
    gradient(x -> x.norm(0.5, false), at(1, 0, -4), 3, 0, -1.5);
    gradient(x -> x.norm(INFINITY, false), at(2, -2, 1), 0.5, -0.5, 0);
    gradient(x -> x.norm(-INFINITY, false), at(2, -1), 0, -1);
    gradient(x -> x.standardDeviation(), at(2, 2, 2), 0, 0, 0);
  }

  @Test
  void powers() {
    gradient(x -> x.pow(0), at(0, 2), 0, 0);
    gradient(x -> x.pow(1), at(0, -2), 1, 1);
    gradient(x -> x.pow(2), at(0, -3), 0, -6);
    gradient(x -> x.pow(3), at(-2), 12);
    gradient(x -> Tensor.scalar(0, x.dtype()).pow(x), at(0, -1, 2), 0, 0, 0);
    gradient(x -> Tensor.scalar(-2, x.dtype()).pow(x), at(2, 0.5), 0, 0);
  }

  @Test
  void mixedSecondDerivativeOfAPowerWithExponentZero() {
    // ∂²/∂a∂b aᵇ = aᵇ⁻¹ · (1 + b · log a), which is 1/a where b is 0.
    Tensor a = Tensor.scalar(4, DType.FLOAT64);
    Tensor b = Tensor.scalar(0, DType.FLOAT64);
    try (var outer = new GradientTape()) {
      outer.watch(b);
      Tensor slope;
      try (var inner = new GradientTape()) {
        inner.watch(a);
        slope = inner.gradient(a.pow(b), a);
      }
      assertEquals(0.25, outer.gradient(slope, b).item(), 1e-12);
    }
  }

  @Test
  void remainders() {
    gradient(x -> x.mod(2), at(0, 2, 5.5, -5.5), 1, 1, 1, 1);
    gradient(x -> Tensor.scalar(5.5, x.dtype()).mod(x), at(2, -2, 1.25), -2, 3, -4);
  }

  @Test
  void logarithms() {
    gradient(x -> x.xlogy(x), at(0, 1), 0, 1);
    gradient(x -> x.xlogy(Tensor.scalar(0, x.dtype())), at(0), 0);
    gradient(Tensor::log, at(0), INFINITY);
  }

  @Test
  void secondDerivativeOfXLogXAtZeroIsFinite() {
    Tensor x = Tensor.vector(0, 2);
    try (var outer = new GradientTape()) {
      outer.watch(x);
      Tensor first;
      try (var inner = new GradientTape()) {
        inner.watch(x);
        first = inner.gradient(x.xlogy(x).sum(), x);
      }
      double[] second = outer.gradient(first.sum(), x).toDoubles();
      assertTrue(Double.isFinite(second[0]), "at 0: " + second[0]);
      assertEquals(0.5, second[1], 1e-6);
    }
  }

  @Test
  void chosenBranchAloneHasAGradient() {
    gradient(x -> x.greater(0).where(x.mul(3), x.neg()), at(-1, 0, 1), -1, -1, 3);
  }

  @Test
  void productsWithZeros() {
    gradient(x -> x.prod(), at(2, 0, 3), 0, 6, 0);
    gradient(x -> x.prod(), at(0, 0, 3), 0, 0, 0);
    gradient(x -> x.cumulativeProduct(0), at(2, 0, 3), 1, 8, 0);
  }

  @Test
  void roundingIsFlat() {
    gradient(Tensor::round, at(0.5, 1), 0, 0);
    gradient(Tensor::floor, at(0.5, 1), 0, 0);
    gradient(Tensor::ceil, at(0.5, 1), 0, 0);
  }

  @Test
  void sortingFollowsTheElements() {
    gradient(
        x -> x.sort(0, false).mul(Tensor.of(Shape.of(3), 1.0, 10, 100).cast(x.dtype())),
        at(2, 1, 2),
        10,
        1,
        100);
  }

  @Test
  void largestElementsTakeTheGradientOfTheirValues() {
    gradient(x -> x.topK(2).values().square(), at(2, 5, 5, 1), 0, 10, 10, 0);
  }

  @Test
  void impossibleClassesThatNobodyAsksForHaveNoGradient() {
    for (int classes : new int[] {3, 37}) {
      double[] logits = new double[classes];
      double[] wanted = new double[classes];
      logits[1] = -INFINITY;
      Arrays.fill(wanted, 1.0 / (classes - 1));
      wanted[1] = 0;
      wanted[0] -= 1;
      Tensor target = Tensor.scalar(0, DType.INT32).oneHot(classes, DType.FLOAT64);
      gradient(x -> x.softmaxCrossEntropy(target.cast(x.dtype())), logits, wanted);
    }
  }

  @Test
  void saturatedFunctionsHaveFiniteGradients() {
    gradient(Tensor::sigmoid, at(-1000, 1000), 0, 0);
    gradient(Tensor::softplus, at(-1000, 1000), 0, 1);
    gradient(Tensor::logSigmoid, at(-1000, 1000), 1, 0);
    gradient(Tensor::tanh, at(-1000, 1000), 0, 0);
    gradient(Tensor::silu, at(-1000, 1000), 0, 1);
    gradient(Tensor::gelu, at(-1000, 1000), 0, 1);
    gradient(Tensor::geluTanh, at(-1000, 1000), 0, 1);
    gradient(Tensor::mish, at(-1000, 1000), 0, 1);
    gradient(Tensor::selu, at(-1000), 0);
    gradient(x -> x.elu(1), at(-1000, 1000), 0, 1);
    gradient(x -> x.logSumExp(), at(-1000, 1000), 0, 1);
  }
}
