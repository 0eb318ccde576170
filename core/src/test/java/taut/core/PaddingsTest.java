package taut.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static taut.core.Expected.everyType;
import static taut.core.Expected.fails;

import org.junit.jupiter.api.Test;

/// Constants, mirror images and edges around a tensor, against what NumPy's `pad` makes.
class PaddingsTest {
  private static final Tensor X = Tensor.range(6).reshape(2, 3);

  @Test
  void pads() {
    everyType(X, x -> x.pad(0, 1, 0, 9), Shape.of(3, 3), 9, 9, 9, 0, 1, 2, 3, 4, 5);
    everyType(X, x -> x.pad(-1, 1, 2, 0), Shape.of(2, 6), 0, 0, 1, 2, 0, 0, 0, 3, 4, 5, 0, 0);
    everyType(X, x -> x.padReflect(1, 2, 1), Shape.of(2, 6), 2, 1, 0, 1, 2, 1, 5, 4, 3, 4, 5, 4);
    everyType(X, x -> x.padReflect(-2, 1, 1), Shape.of(4, 3), 3, 4, 5, 0, 1, 2, 3, 4, 5, 0, 1, 2);
    everyType(X, x -> x.padReflect(1, 0, 2), Shape.of(2, 5), 0, 1, 2, 1, 0, 3, 4, 5, 4, 3);
    everyType(X, x -> x.padEdge(1, 2, 1), Shape.of(2, 6), 0, 0, 0, 1, 2, 2, 3, 3, 3, 4, 5, 5);
    everyType(X, x -> x.padEdge(-2, 0, 2), Shape.of(4, 3), 0, 1, 2, 3, 4, 5, 3, 4, 5, 3, 4, 5);
    assertSame(X, X.pad(0, 0, 0, 1));
    assertEquals(Shape.of(3), Tensor.zeros(0).pad(0, 1, 2, 4).shape());
    assertEquals(Shape.of(1), Tensor.zeros(1).padReflect(0, 0, 0).shape());
    assertEquals(DType.BOOL, X.greater(2).pad(0, 1, 1, 1).dtype());
    fails(() -> X.pad(0, -1, 1, 0), "pad", "-1 and 1");
    fails(() -> X.pad(0, 1, 0, 0.5), "0.5", "INT32");
    fails(() -> X.pad(2, 1, 0, 0), "pad", "axis 2", "[2, 3]");
    fails(() -> X.padReflect(1, 3, 0), "padReflect", "axis 1", "[2, 3]", "3, 0");
    fails(() -> X.padReflect(1, 0, -1), "padReflect", "0 and -1");
    fails(() -> Tensor.zeros(0, 2).padReflect(0, 0, 0), "padReflect", "[0, 2]");
    fails(() -> X.padEdge(1, -2, 0), "padEdge", "-2 and 0");
    fails(() -> Tensor.zeros(2, 0).padEdge(1, 1, 1), "padEdge", "[2, 0]");
  }

  /// Every result is looked up at its place: a loop over all axes.
  @Test
  void padsSeveralAxes() {
    Tensor x = Tensor.range(24).reshape(2, 3, 4);
    int[][] paddings = {{1, 0}, {2, 1}, {0, 3}};
    everyType(x, y -> y.pad(paddings, 7), Shape.of(3, 6, 7), looked(x, paddings, "constant"));
    everyType(x, y -> y.padReflect(paddings), Shape.of(3, 6, 7), looked(x, paddings, "reflect"));
    everyType(x, y -> y.padEdge(paddings), Shape.of(3, 6, 7), looked(x, paddings, "edge"));
    int[][] none = {{0, 0}, {0, 0}, {0, 0}};
    assertSame(x, x.padReflect(none));
    assertEquals(5, Tensor.scalar(5).pad(new int[0][], 1).item());
    fails(() -> x.pad(new int[][] {{1, 1}}, 0), "pad", "[2, 3, 4]", "[[1, 1]]");
    fails(() -> X.padEdge(new int[][] {{1, 1}, {1}}), "padEdge", "[[1, 1], [1]]");
    fails(() -> X.padReflect(new int[][] {{2, 0}, {0, 0}}), "padReflect", "axis 0", "2, 0");
  }

  private static double[] looked(Tensor x, int[][] paddings, String mode) {
    double[] from = x.toDoubles();
    double[] result = new double[3 * 6 * 7];
    for (int i = 0; i < result.length; i++) {
      int[] place = {i / 42 - paddings[0][0], i / 7 % 6 - paddings[1][0], i % 7 - paddings[2][0]};
      int at = 0;
      boolean outside = false;
      for (int axis = 0; axis < 3; axis++) {
        int last = x.dim(axis) - 1;
        int p = place[axis];
        outside |= p < 0 || p > last;
        int mirrored = p < 0 ? -p : p > last ? 2 * last - p : p;
        int clamped = Math.max(0, Math.min(last, p));
        at = at * x.dim(axis) + (mode.equals("reflect") ? mirrored : clamped);
      }
      result[i] = outside && mode.equals("constant") ? 7 : from[at];
    }
    return result;
  }
}
