package taut.core.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import taut.core.DType;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.ops.BiasActivation;
import taut.core.ops.Unary;

/// A bias and its function in one pass against one after the other.
class VectorBiasTest {
  private static final int[] ROWS = {0, 1, 3, 4, 7, 30, 700};
  private static final int[] COLUMNS = {1, 3, 10, 15, 16, 17, 33, 97, 256, 500};
  private static final List<Unary> FUNCTIONS =
      List.of(Unary.RELU, Unary.SIGMOID, Unary.TANH, Unary.EXP);

  @Test
  void valuesAreThoseOfTheTwoOperations() {
    int checked = 0;
    for (int rows : ROWS) {
      for (int columns : COLUMNS) {
        Tensor x = Tensor.of(Shape.of(rows, columns), AwkwardFloats.mixed(rows * columns, rows));
        Tensor bias = Tensor.vector(AwkwardFloats.mixed(columns, columns));
        for (Unary f : FUNCTIONS) {
          float[] expected = f.apply(x.add(bias)).toFloats();
          assertArrayEquals(expected, x.biasActivation(bias, f).toFloats(), f + " " + x.shape());
          checked += expected.length;
        }
      }
    }
    assertTrue(checked > 1_000_000, "checked only " + checked);
  }

  @Test
  void gradientsAreTheSlopeAndItsColumnSums() {
    int checked = 0;
    for (int rows : ROWS) {
      for (int columns : COLUMNS) {
        Shape shape = Shape.of(rows, columns);
        Tensor c = Tensor.of(shape, AwkwardFloats.finite(rows * columns, rows));
        Tensor y = Tensor.of(shape, AwkwardFloats.finite(rows * columns, columns)).sigmoid();
        y = y.sub(0.5).relu();
        for (Unary f : FUNCTIONS) {
          checked += check(f, c, y);
          checked += check(f, Tensor.full(shape, 0.25, DType.FLOAT32), y);
        }
      }
    }
    assertTrue(checked > 1_000_000, "checked only " + checked);
  }

  private static int check(Unary f, Tensor c, Tensor y) {
    BiasActivation op = new BiasActivation(f);
    Tensor bias = Tensor.zeros(y.dim(1));
    Tensor[] inputs = {y, bias};
    Tensor[] gradients = {
      Tensor.of(y.shape(), new float[y.size()]), Tensor.of(bias.shape(), new float[bias.size()])
    };
    op.gradients(inputs, y, c, gradients);
    Tensor expected = op.vjp(0, inputs, y, c);
    assertArrayEquals(expected.toFloats(), gradients[0].toFloats(), f + " " + y.shape());
    double[] sums = expected.cast(DType.FLOAT64).sum(0).toDoubles();
    double[] magnitudes = expected.cast(DType.FLOAT64).abs().sum(0).toDoubles();
    float[] got = gradients[1].toFloats();
    for (int i = 0; i < got.length; i++) {
      assertEquals(sums[i], got[i], 1e-5 * magnitudes[i], f + " " + y.shape() + " column " + i);
    }
    return y.size();
  }

  @Test
  void aGradientThatIsNoNumberStaysInItsColumn() {
    float[] c = AwkwardFloats.finite(5 * 37, 1);
    c[37 + 36] = Float.NaN;
    c[3] = Float.POSITIVE_INFINITY;
    Tensor y = Tensor.ones(5, 37);
    Tensor[] gradients = {Tensor.zeros(5, 37).copy(), Tensor.zeros(37).copy()};
    Tensor cotangent = Tensor.of(y.shape(), c);
    new BiasActivation(Unary.RELU).gradients(new Tensor[] {y, y}, y, cotangent, gradients);
    float[] sums = gradients[1].toFloats();
    for (int i = 0; i < 37; i++) {
      assertEquals(i == 36, Float.isNaN(sums[i]), "column " + i);
      assertEquals(i == 3, Float.isInfinite(sums[i]), "column " + i);
    }
  }

  @Test
  void manyRowsAreSplitAmongThreads() {
    Tensor x = Tensor.of(Shape.of(3001, 100), AwkwardFloats.mixed(300_100, 1));
    Tensor bias = Tensor.vector(AwkwardFloats.mixed(100, 2));
    int threads = Parallel.threads();
    try {
      Parallel.setThreads(1);
      float[] one = x.biasActivation(bias, Unary.RELU).toFloats();
      Parallel.setThreads(2);
      assertArrayEquals(one, x.biasActivation(bias, Unary.RELU).toFloats());
    } finally {
      Parallel.setThreads(threads);
    }
  }

  @Test
  void refusesOtherFunctionsAndShapes() {
    Tensor x = Tensor.zeros(2, 3);
    IllegalArgumentException function =
        assertThrows(
            IllegalArgumentException.class, () -> x.biasActivation(Tensor.zeros(3), Unary.GELU));
    assertTrue(function.getMessage().contains("got gelu"), function.getMessage());
    IllegalArgumentException shape =
        assertThrows(
            IllegalArgumentException.class, () -> x.biasActivation(Tensor.zeros(2), Unary.RELU));
    assertTrue(shape.getMessage().contains("[2, 3], got [2]"), shape.getMessage());
  }
}
