package taut.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static taut.core.Expected.fails;
import static taut.core.Expected.values;

import org.junit.jupiter.api.Test;

/// Functions along an axis and of whole numbers, against plain loops and known numbers.
class FunctionsTest {
  private static final int MIN = Integer.MIN_VALUE;
  private static final int MAX = Integer.MAX_VALUE;

  private static Tensor whole(int... elements) {
    return Tensor.of(Shape.of(elements.length), elements);
  }

  @Test
  void softmaxAlongAnyAxis() {
    Tensor x = RandomStream.of(4).normal(Shape.of(2, 3, 4), 0, 1).cast(DType.FLOAT64);
    double[] elements = x.toDoubles();
    for (int axis = -3; axis < 3; axis++) {
      int at = axis < 0 ? axis + 3 : axis;
      int count = x.dim(at);
      int inner = x.shape().strides()[at];
      double[] wanted = new double[elements.length];
      double[] logarithms = new double[elements.length];
      for (int i = 0; i < elements.length; i++) {
        int first = i / (count * inner) * count * inner + i % inner;
        double sum = 0;
        for (int c = 0; c < count; c++) {
          sum += Math.exp(elements[first + c * inner]);
        }
        wanted[i] = Math.exp(elements[i]) / sum;
        logarithms[i] = elements[i] - Math.log(sum);
      }
      values(x.softmax(axis), x.shape(), wanted);
      values(x.logSoftmax(axis), x.shape(), logarithms);
    }
    values(Tensor.zeros(2, 0).softmax(0), Shape.of(2, 0));
    values(Tensor.zeros(0, 2).softmax(0), Shape.of(0, 2));
    fails(() -> x.softmax(3), "softmax", "axis 3", "[2, 3, 4]");
    fails(() -> x.logSoftmax(-4), "logSoftmax", "axis -4", "[2, 3, 4]");
    fails(() -> Tensor.range(3).softmax(0), "softmax", "INT32");
  }

  @Test
  void powersOfWholeNumbers() {
    Tensor power = whole(2, -3, 5, 0, 2, 0, 10, -10).pow(whole(10, 3, 0, 0, -1, -1, 10, 11));
    values(power, Shape.of(8), 1024, -27, 1, 1, 0, MAX, MAX, MIN);
    assertEquals(DType.INT32, power.dtype());
    values(whole(3, -4).pow(2), Shape.of(2), 9, 16);
    values(whole(1, MIN).squaredDifference(whole(5, 1)), Shape.of(2), 16, MAX);
    fails(() -> whole(1).pow(0.5), "0.5", "INT32");
    fails(() -> whole(1).xlogy(whole(1)), "xlogy", "INT32", "cast");
  }

  /// What NumPy's `mod` gives.
  @Test
  void remaindersHaveTheSignOfTheDivisor() {
    Tensor whole = whole(7, -7, 7, -7, 6, 0, 5).mod(whole(3, 3, -3, -3, -3, 4, 0));
    values(whole, Shape.of(7), 1, 2, -2, -1, 0, 0, 0);
    assertEquals(DType.INT32, whole.dtype());
    double inf = Double.POSITIVE_INFINITY;
    Tensor a = Tensor.of(Shape.of(6), 5.5, -5.5, 0.75, 1, -1, inf);
    Tensor b = Tensor.of(Shape.of(6), 2.0, 2, -0.5, 0, inf, 2);
    double[] wanted = {1.5, 0.5, -0.25, Double.NaN, inf, Double.NaN};
    values(a.mod(b), Shape.of(6), wanted);
    values(a.cast(DType.FLOAT32).mod(b.cast(DType.FLOAT32)), Shape.of(6), wanted);
    values(a.slice(0, 0, 3).mod(2), Shape.of(3), 1.5, 0.5, 0.75);
    fails(() -> a.greater(0).mod(b.greater(0)), "remainder", "BOOL");
  }

  @Test
  void limitsOfWholeNumbers() {
    Tensor clipped = whole(-5, -1, 0, 3, 9).clip(-1, 3);
    values(clipped, Shape.of(5), -1, -1, 0, 3, 3);
    assertEquals(DType.INT32, clipped.dtype());
    values(whole(MIN, 7).clip(Double.NEGATIVE_INFINITY, 2), Shape.of(2), MIN, 2);
    fails(() -> whole(1).clip(0.5, 2), "clip", "whole", "0.5");
    fails(() -> whole(1).greater(0).clip(0, 1), "clip", "BOOL");
  }

  /// A class that cannot be and that nobody asks for adds nothing, in either floating-point type.
  @Test
  void crossEntropyOfImpossibleClasses() {
    double low = Double.NEGATIVE_INFINITY;
    for (int classes : new int[] {3, 16, 37}) {
      double[] logits = new double[4 * classes];
      double[] targets = new double[4 * classes];
      for (int row = 0; row < 4; row++) {
        // Half of the probability is at 0, half at the last class; class 1 is impossible.
        logits[row * classes + 1] = low;
        targets[row * classes] = 0.5;
        targets[row * classes + classes - 1] = 0.5;
      }
      targets[classes + 1] = 0.25;
      logits[2 * classes + 2] = Double.NaN;
      logits[3 * classes + 1] = Double.NaN;
      Shape shape = Shape.of(4, classes);
      for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
        Tensor loss =
            Tensor.of(shape, logits)
                .cast(dtype)
                .softmaxCrossEntropy(Tensor.of(shape, targets).cast(dtype));
        double[] got = loss.toDoubles();
        assertEquals(Math.log(classes - 1), got[0], 1e-6, dtype + " of " + classes);
        assertEquals(Double.POSITIVE_INFINITY, got[1], dtype + " of " + classes);
        assertEquals(Double.NaN, got[2], dtype + " of " + classes);
        assertEquals(Double.NaN, got[3], dtype + " of " + classes);
      }
    }
  }
}
