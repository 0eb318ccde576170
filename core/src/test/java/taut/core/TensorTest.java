package taut.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Making tensors, looking at them, and what is refused.
class TensorTest {
  private static void fails(Executable call, String... words) {
    var error = assertThrows(IllegalArgumentException.class, call);
    for (String word : words) {
      assertTrue(error.getMessage().contains(word), error.getMessage());
    }
  }

  @Test
  void factories() {
    assertEquals("FLOAT32[2, 2]", Tensor.matrix(new float[][] {{1, 2}, {3, 4}}).spec().toString());
    assertEquals("FLOAT64[1]", Tensor.of(Shape.of(1), 1.5).spec().toString());
    assertArrayEquals(new int[] {0, 1, 2}, Tensor.range(3).toInts());
    assertArrayEquals(new float[] {1, 0, 0, 1}, Tensor.identity(2).toFloats());
    assertArrayEquals(new float[] {0, 0}, Tensor.zeros(2).toFloats());
    assertArrayEquals(new float[] {1, 1}, Tensor.ones(2).toFloats());
    assertEquals(0, Tensor.vector().size());
    assertEquals(0, Tensor.matrix().size());
    assertEquals(0, Tensor.range(0).size());
    assertEquals(DType.BOOL, Tensor.of(Shape.of(1), true).dtype());
    assertEquals(7, Tensor.scalar(7, DType.INT32).item());
    assertEquals(0.1f, Tensor.scalar(0.1).item());
    assertEquals(0.1, Tensor.scalar(0.1, DType.FLOAT64).item());
  }

  @Test
  void arraysAreCopied() {
    double[] doubles = {1, 2};
    float[] floats = {1, 2};
    Tensor x = Tensor.of(Shape.of(2), doubles);
    Tensor y = Tensor.vector(floats);
    doubles[0] = 9;
    floats[0] = 9;
    x.toDoubles()[1] = 9;
    y.toFloats()[1] = 9;
    assertArrayEquals(new double[] {1, 2}, x.toDoubles());
    assertArrayEquals(new float[] {1, 2}, y.toFloats());
  }

  @Test
  void wrongArgumentsAreErrors() {
    fails(() -> Tensor.of(Shape.of(2, 3), 1f, 2f), "[2, 3]", "6", "2");
    fails(() -> Tensor.matrix(new float[] {1}, new float[] {1, 2}), "row 1", "2", "1");
    fails(() -> Tensor.scalar(0.5, DType.INT32), "0.5", "INT32");
    fails(() -> Tensor.scalar(1e10, DType.INT32), "1.0E10");
    fails(() -> Tensor.scalar(Double.NaN, DType.INT32), "NaN");
    fails(() -> Tensor.full(Shape.of(2), 0.5, DType.INT32), "0.5");
    fails(() -> Tensor.range(2).add(0.5), "0.5", "INT32", "cast");
    fails(() -> Tensor.vector(1, 2).item(), "FLOAT32[2]");
    fails(() -> Tensor.vector().item(), "FLOAT32[0]");
    fails(() -> Tensor.vector(1).toInts(), "FLOAT32[1]");
  }

  @Test
  void typesDoNotMix() {
    Tensor single = Tensor.vector(1);
    fails(() -> single.add(single.cast(DType.FLOAT64)), "add", "FLOAT32[1]", "FLOAT64[1]");
    fails(() -> single.matmul(Tensor.range(1)), "matmul", "FLOAT32[1", "INT32[1");
    fails(() -> Tensor.range(2).sqrt(), "sqrt", "INT32[2]");
    fails(() -> Tensor.range(2).mean(), "mean", "INT32");
    fails(() -> Tensor.range(2).mul(0.5), "0.5");
    fails(() -> single.greater(0).sum(), "sum", "BOOL");
    fails(() -> single.and(single), "and", "FLOAT32[1]");
    fails(() -> single.not(), "not", "BOOL", "FLOAT32[1]");
    fails(() -> single.where(single, single), "where", "FLOAT32[1]");
  }

  @Test
  void errorsNameOperationAndShapes() {
    Tensor a = Tensor.zeros(32, 784);
    fails(() -> a.matmul(Tensor.zeros(100, 200)), "matmul", "[32, 784]", "[100, 200]", "784 ≠ 100");
    fails(
        () -> Tensor.zeros(8, 28, 28).matmul(Tensor.zeros(784, 10)),
        "[8, 28, 28]",
        "[784, 10]",
        "28 ≠ 784");
    fails(() -> a.add(Tensor.zeros(32)), "add", "[32, 784]", "[32]");
    fails(() -> a.reshape(5, -1), "reshape", "[32, 784]", "[5, -1]");
    fails(() -> a.reshape(-1, -1), "at most one");
    fails(() -> a.reshape(3, 3), "25088", "9");
    fails(() -> a.sum(2), "sum", "axis 2", "[32, 784]");
    fails(() -> a.transpose(0, 0), "transpose", "[0, 0]");
    fails(() -> a.squeeze(0), "squeeze", "32");
    fails(() -> a.broadcastTo(Shape.of(784)), "broadcastTo");
    fails(() -> a.slice(0, 5, 40), "slice", "5 to 40", "axis 0");
    fails(() -> a.gather(Tensor.of(Shape.of(2), 0, 32)), "gather", "32", "position 1", "0 … 31");
    fails(() -> Tensor.range(3).oneHot(2, DType.FLOAT32), "oneHot", "2");
    fails(() -> Rearrangements.concat(0, a, Tensor.zeros(1, 3)), "concat", "[1, 3]");
    fails(() -> Rearrangements.concat(0), "concat");
    fails(() -> Tensor.zeros(2, 0).argmax(1), "argmax", "[2, 0]");
    fails(() -> a.clip(1, 0), "clip");
  }

  @Test
  void emptyInnerSizeOfAProductGivesZeros() {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Tensor product = Tensor.zeros(2, 3, 0).cast(dtype).matmul(Tensor.zeros(0, 4).cast(dtype));
      assertEquals(Shape.of(2, 3, 4), product.shape());
      assertArrayEquals(new double[24], product.toDoubles());
    }
  }

  @Test
  void wholeNumbersStopAtTheEndsOfTheirRange() {
    Tensor x = Tensor.of(Shape.of(4), 7, -7, Integer.MAX_VALUE, 0);
    assertArrayEquals(new int[] {3, -3, 1073741823, 0}, x.div(2).toInts());
    assertArrayEquals(new int[] {14, -14, Integer.MAX_VALUE, 0}, x.mul(2).toInts());
    assertArrayEquals(
        new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, 0}, x.div(0).toInts());
  }

  @Test
  void reshapeSharesAndCopyDoesNot() {
    Tensor x = Tensor.vector(1, 2, 3, 4);
    assertSame(x.storage(), x.reshape(2, -1).storage());
    assertSame(x, x.reshape(4));
    assertNotSame(x.storage(), x.copy().storage());
    assertNotEquals(x, x.copy());
    assertEquals(Shape.of(4, 1, 1), x.reshape(4, 1).expandDims(-1).shape());
    assertEquals(Shape.of(4), x.reshape(1, 4, 1).squeeze().shape());
  }

  @Test
  void overwrittenStorageMakesItsTensorsStale() {
    Tensor x = Tensor.vector(1, 2);
    Tensor view = x.reshape(2, 1);
    x.storage().set(0, 5);
    x.storage().modified();
    assertThrows(IllegalStateException.class, x::toFloats);
    assertThrows(IllegalStateException.class, () -> view.add(1));
    assertArrayEquals(new float[] {5, 2}, x.refreshed().toFloats());
  }

  @Test
  void cumulativeSumsDoNotGatherRoundingErrors() {
    int count = 1_000_000;
    Tensor sums = Tensor.full(Shape.of(count), 0.1, DType.FLOAT32).cumulativeSum(0);
    assertEquals(count * (double) 0.1f, sums.slice(0, count - 1, count).item(), 0.01);
    Tensor whole = Tensor.of(Shape.of(3), Integer.MAX_VALUE, 1, -5);
    assertArrayEquals(
        new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE - 4},
        whole.cumulativeSum(0).toInts());
  }

  @Test
  void rangeWantsACount() {
    assertArrayEquals(new int[] {0, 1, 2}, Tensor.range(3).toInts());
    assertThrows(IllegalArgumentException.class, () -> Tensor.range(-1));
  }
}
