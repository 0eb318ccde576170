package taut.core.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import taut.core.DType;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.ops.Binary;

/// Broadcast operands against the same operands written out in full.
class VectorBroadcastTest {
  private static final int[] ROWS = {0, 1, 2, 7, 33};
  private static final int[] COLUMNS = {0, 1, 3, 10, 15, 16, 17, 97, 255, 256, 500, 1009};
  private static final Shape[][] OTHERS = {
    {Shape.of(2, 3, 20), Shape.of(2, 1, 20)},
    {Shape.of(2, 3, 20), Shape.of(3, 1)},
    {Shape.of(4, 1), Shape.of(1, 21)},
    {Shape.of(3, 1, 5), Shape.of(3, 4, 1)},
    {Shape.of(2, 1), Shape.of(2, 1, 2)},
    {Shape.of(1, 3, 1), Shape.of(3, 1, 3)},
    {Shape.of(5, 1), Shape.of(6, 5, 1, 5)},
    {Shape.of(2, 4, 1, 3), Shape.of(1, 3, 1)},
    {Shape.of(16, 1), Shape.of(4, 1, 16)},
  };

  private static Tensor mixed(Shape shape, long seed) {
    return Tensor.of(shape, AwkwardFloats.mixed(shape.size(), seed));
  }

  private static Tensor full(Tensor x, Shape shape) {
    float[] values = x.toFloats();
    float[] written = new float[shape.size()];
    Broadcast.of(x.shape(), shape, shape).forEach((i, j, o) -> written[o] = values[i]);
    return Tensor.of(shape, written);
  }

  private static int check(Binary f, Tensor x, Tensor y) {
    Shape shape = x.shape().broadcast(y.shape());
    float[] expected = f.apply(full(x, shape), full(y, shape)).toFloats();
    String what = f + " of " + x.shape() + " and " + y.shape();
    assertArrayEquals(expected, f.apply(x, y).toFloats(), what);
    assertArrayEquals(
        f.apply(full(y, shape), full(x, shape)).toFloats(), f.apply(y, x).toFloats(), what);
    return expected.length;
  }

  @ParameterizedTest
  @EnumSource
  void rowsAndColumnsAreAsIfWrittenOut(Binary f) {
    int checked = 0;
    for (int rows : ROWS) {
      for (int columns : COLUMNS) {
        Tensor x = mixed(Shape.of(rows, columns), rows);
        checked += check(f, x, mixed(Shape.of(columns), columns));
        checked += check(f, x, mixed(Shape.of(rows, 1), columns));
      }
    }
    for (Shape[] pair : OTHERS) {
      checked += check(f, mixed(pair[0], 1), mixed(pair[1], 2));
      checked += check(f, mixed(pair[0], 1), Tensor.full(pair[1], 0.5, DType.FLOAT32));
    }
    assertTrue(checked > 100_000, "checked only " + checked);
  }

  @Test
  void rowsThatRepeatAreSeen() {
    Shape matrix = Shape.of(32, 10);
    assertTrue(Broadcast.of(matrix, Shape.of(10), matrix).repeatsB());
    assertTrue(Broadcast.of(Shape.of(1, 10), matrix, matrix).repeatsA());
    assertFalse(Broadcast.of(matrix, Shape.of(32, 1), matrix).repeatsB());
    Shape gaps = Shape.of(2, 32, 10);
    assertFalse(Broadcast.of(gaps, Shape.of(2, 1, 10), gaps).repeatsB());
    // Written out by hand, since the other checks use the plan themselves.
    Tensor sum =
        Tensor.of(Shape.of(2, 1), 1f, 2).add(Tensor.of(Shape.of(2, 1, 2), 10f, 20, 30, 40));
    assertArrayEquals(new float[] {11, 21, 12, 22, 31, 41, 32, 42}, sum.toFloats());
  }

  @Test
  void manyRowsAreSplitAmongThreads() {
    for (Shape shape : new Shape[] {Shape.of(3001, 100), Shape.of(700, 511)}) {
      Tensor x = mixed(shape, 1);
      Tensor row = mixed(Shape.of(shape.dim(1)), 2);
      int threads = Parallel.threads();
      try {
        Parallel.setThreads(1);
        float[] one = x.add(row).toFloats();
        Parallel.setThreads(2);
        assertArrayEquals(one, x.add(row).toFloats());
        assertArrayEquals(x.add(full(row, shape)).toFloats(), one);
      } finally {
        Parallel.setThreads(threads);
      }
    }
  }

  @Test
  void worksInPlace() {
    for (int columns : COLUMNS) {
      Tensor x = mixed(Shape.of(7, columns), 1);
      Tensor row = mixed(Shape.of(columns), 2);
      float[] expected = x.add(row).toFloats();
      Broadcast plan = Broadcast.of(x.shape(), row.shape(), x.shape());
      Kernels.active().binary(Binary.ADD, x.storage(), row.storage(), x.storage(), plan);
      assertArrayEquals(expected, x.toFloats());
    }
  }

  @Test
  void leavesWhatIsNotItsOwn() {
    Shape shape = Shape.of(3, 20);
    float[] array = new float[200];
    BroadcastOperand x = new BroadcastOperand(AwkwardFloats.finite(200, 1), 3, 1, false);
    BroadcastOperand y = new BroadcastOperand(AwkwardFloats.finite(200, 2), 5, 1, false);
    Broadcast plan = Broadcast.of(shape, Shape.of(20), shape);
    VectorBroadcast.apply(Binary.ADD, x, y, array, 40, 60, plan);
    for (int i = 0; i < 200; i++) {
      boolean own = i >= 40 && i < 100;
      assertTrue(own || array[i] == 0, "wrote to " + i);
    }
  }
}
