package taut.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static taut.core.Expected.everyType;
import static taut.core.Expected.fails;
import static taut.core.Expected.values;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// The same elements in other arrangements, against what NumPy makes of them.
class RearrangementsTest {
  private static final Tensor X = Tensor.range(6).reshape(2, 3);
  private static final Tensor Y = Tensor.range(24).reshape(2, 3, 4);

  @Test
  void shapes() {
    assertEquals(Shape.of(2, 3, 1), X.expandDims(-1).shape());
    assertEquals(Shape.of(1, 2, 3), X.expandDims(0).shape());
    assertEquals(Shape.of(1, 2, 3), X.expandDims(-3).shape());
    assertEquals(Shape.of(2, 1, 3), X.expandDims(1).shape());
    assertEquals(Shape.of(1, 2, 1, 3, 1), X.expandDims(-1, 2, 0).shape());
    assertSame(X, X.expandDims());
    fails(() -> X.expandDims(3), "expandDims", "axis 3");
    fails(() -> X.expandDims(0, -4), "expandDims", "twice");
    assertEquals(Shape.of(1), Tensor.scalar(1).expandDims(0).shape());
    assertEquals(Shape.of(2, 3), X.expandDims(0).expandDims(-1).squeeze().shape());
    assertEquals(Shape.of(1, 2, 3), X.expandDims(0).expandDims(-1).squeeze(-1).shape());
    assertEquals(Shape.of(2, 3), X.expandDims(0).expandDims(-1).squeeze(-1, 0).shape());
    assertEquals(Shape.SCALAR, Tensor.ones(1, 1).squeeze().shape());
    assertEquals(Shape.of(0, 5), Tensor.zeros(5, 0).reshape(0, 5).shape());
    everyType(X, x -> x.reshape(3, -1), Shape.of(3, 2), 0, 1, 2, 3, 4, 5);
  }

  @Test
  void transposes() {
    everyType(X, x -> x.transpose(), Shape.of(3, 2), 0, 3, 1, 4, 2, 5);
    everyType(
        Y,
        x -> x.transpose(2, 0, 1),
        Shape.of(4, 2, 3),
        0,
        4,
        8,
        12,
        16,
        20,
        1,
        5,
        9,
        13,
        17,
        21,
        2,
        6,
        10,
        14,
        18,
        22,
        3,
        7,
        11,
        15,
        19,
        23);
    everyType(
        Y,
        x -> x.transpose(0, -1, 1),
        Shape.of(2, 4, 3),
        0,
        4,
        8,
        1,
        5,
        9,
        2,
        6,
        10,
        3,
        7,
        11,
        12,
        16,
        20,
        13,
        17,
        21,
        14,
        18,
        22,
        15,
        19,
        23);
    everyType(Y, x -> x.transpose(0, 1, 2), Y.shape(), Y.toDoubles());
    everyType(Y, x -> x.transpose(2, 1, 0).transpose(), Y.shape(), Y.toDoubles());
    assertEquals(Shape.of(0, 2), Tensor.zeros(2, 0).transpose().shape());
    assertEquals(7, Tensor.scalar(7).transpose().item());
    fails(() -> X.transpose(0), "transpose", "[0]", "[2, 3]");
    fails(() -> X.transpose(0, 2), "transpose", "axis 2", "[2, 3]");
    fails(() -> X.transpose(1, -1), "transpose", "[1, -1]", "once");
  }

  @Test
  void movesAxes() {
    assertEquals(Shape.of(3, 4, 2), Y.moveAxis(0, -1).shape());
    assertEquals(Shape.of(4, 2, 3), Y.moveAxis(-1, 0).shape());
    everyType(Y, x -> x.moveAxis(0, 2), Shape.of(3, 4, 2), Y.transpose(1, 2, 0).toDoubles());
    everyType(Y, x -> x.moveAxis(2, 1), Shape.of(2, 4, 3), Y.transpose(0, 2, 1).toDoubles());
    everyType(Y, x -> x.moveAxis(2, 0), Shape.of(4, 2, 3), Y.transpose(2, 0, 1).toDoubles());
    everyType(Y, x -> x.swapAxes(0, -1), Shape.of(4, 3, 2), Y.transpose().toDoubles());
    assertSame(X, X.moveAxis(1, -1));
    assertSame(X, X.swapAxes(0, -2));
    fails(() -> X.moveAxis(2, 0), "moveAxis", "axis 2", "[2, 3]");
    fails(() -> X.swapAxes(0, -3), "swapAxes", "axis -3", "[2, 3]");
  }

  @Test
  void broadcasts() {
    everyType(
        X,
        x -> x.broadcastTo(Shape.of(2, 2, 3)),
        Shape.of(2, 2, 3),
        0,
        1,
        2,
        3,
        4,
        5,
        0,
        1,
        2,
        3,
        4,
        5);
    everyType(
        X, x -> x.slice(1, 1, 2).broadcastTo(Shape.of(2, 3)), Shape.of(2, 3), 1, 1, 1, 4, 4, 4);
    assertEquals(Shape.of(0, 3), Tensor.ones(1, 3).broadcastTo(Shape.of(0, 3)).shape());
    fails(() -> X.broadcastTo(Shape.of(3)), "broadcastTo", "[2, 3]", "[3]");
    fails(() -> X.broadcastTo(Shape.of(3, 3)), "broadcastTo", "2 ≠ 3");
  }

  @Test
  void slices() {
    everyType(X, x -> x.slice(1, 1, 3), Shape.of(2, 2), 1, 2, 4, 5);
    everyType(X, x -> x.slice(-1, -2, -1), Shape.of(2, 1), 1, 4);
    everyType(Y, x -> x.slice(1, 0, 1), Shape.of(2, 1, 4), 0, 1, 2, 3, 12, 13, 14, 15);
    assertEquals(Shape.of(2, 0), X.slice(1, 2, 2).shape());
    assertEquals(Shape.of(0, 3), Tensor.zeros(0, 3).slice(0, 0, 0).shape());
    fails(() -> X.slice(1, 2, 1), "slice", "2 to 1", "axis 1", "[2, 3]");
    fails(() -> X.slice(0, 0, 3), "slice", "0 to 3", "axis 0", "[2, 3]");
    fails(() -> X.slice(0, -3, 1), "slice", "-3 to 1");
    fails(() -> X.slice(2, 0, 1), "slice", "axis 2", "[2, 3]");
  }

  @Test
  void slicesWithSteps() {
    everyType(
        Y, x -> x.slice(2, 0, 4, 2), Shape.of(2, 3, 2), 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22);
    everyType(
        Y, x -> x.slice(-1, 1, 4, 2), Shape.of(2, 3, 2), 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23);
    everyType(X, x -> x.slice(1, 0, 3, 5), Shape.of(2, 1), 0, 3);
    everyType(X, x -> x.slice(1, 2, 0, -1), Shape.of(2, 2), 2, 1, 5, 4);
    everyType(X, x -> x.slice(1, 2, -1, -2), Shape.of(2, 2), 2, 0, 5, 3);
    everyType(X, x -> x.slice(0, 1, -1, -1), Shape.of(2, 3), 3, 4, 5, 0, 1, 2);
    assertEquals(Shape.of(2, 0), X.slice(1, 2, 0, 1).shape());
    assertEquals(Shape.of(2, 0), X.slice(1, 0, 2, -1).shape());
    fails(() -> X.slice(1, 0, 3, 0), "slice", "step");
    fails(() -> X.slice(1, 0, 4, 3), "slice", "0 to 3", "axis 1", "[2, 3]");
    fails(() -> X.slice(1, 3, -1, -1), "slice", "3 to 0", "axis 1");
    fails(() -> X.slice(2, 0, 1, 1), "slice", "axis 2");
  }

  @Test
  void flips() {
    everyType(X, x -> x.flip(0), Shape.of(2, 3), 3, 4, 5, 0, 1, 2);
    everyType(X, x -> x.flip(-1), Shape.of(2, 3), 2, 1, 0, 5, 4, 3);
    everyType(Y, x -> x.flip(1).slice(2, 0, 1), Shape.of(2, 3, 1), 8, 4, 0, 20, 16, 12);
    assertEquals(Shape.of(3, 0), Tensor.zeros(3, 0).flip(1).shape());
    assertEquals(Shape.of(3, 0), Tensor.zeros(3, 0).flip().shape());
    everyType(X, x -> x.flip(), Shape.of(2, 3), 5, 4, 3, 2, 1, 0);
    everyType(Y, x -> x.flip(-1, 0), Y.shape(), Y.flip(0).flip(2).toDoubles());
    fails(() -> X.flip(0, -2), "flip", "twice");
    fails(() -> X.flip(2), "flip", "axis 2", "[2, 3]");
  }

  @Test
  void rolls() {
    everyType(X, x -> x.roll(1, 1), Shape.of(2, 3), 2, 0, 1, 5, 3, 4);
    everyType(X, x -> x.roll(-1, -1), Shape.of(2, 3), 1, 2, 0, 4, 5, 3);
    everyType(X, x -> x.roll(0, 7), Shape.of(2, 3), 3, 4, 5, 0, 1, 2);
    everyType(X, x -> x.roll(1, -8), Shape.of(2, 3), 2, 0, 1, 5, 3, 4);
    everyType(X, x -> x.roll(1, Integer.MIN_VALUE), Shape.of(2, 3), 2, 0, 1, 5, 3, 4);
    assertSame(X, X.roll(0, 4));
    assertEquals(Shape.of(0, 3), Tensor.zeros(0, 3).roll(0, 1).shape());
    everyType(
        X, x -> x.roll(new int[] {1, 0, -1}, new int[] {2, 1, 2}), X.shape(), 5, 3, 4, 2, 0, 1);
    fails(() -> X.roll(new int[] {1}, new int[] {2, 1}), "roll", "[1]", "[2, 1]");
    fails(() -> X.roll(-3, 1), "roll", "axis -3", "[2, 3]");
  }

  @Test
  void tilesAndRepeats() {
    everyType(X, x -> x.tile(2, 1), Shape.of(4, 3), 0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5);
    everyType(X, x -> x.tile(1, 2), Shape.of(2, 6), 0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5);
    everyType(
        X,
        x -> x.tile(2, 2),
        Shape.of(4, 6),
        0,
        1,
        2,
        0,
        1,
        2,
        3,
        4,
        5,
        3,
        4,
        5,
        0,
        1,
        2,
        0,
        1,
        2,
        3,
        4,
        5,
        3,
        4,
        5);
    everyType(X, x -> x.repeat(1, 2), Shape.of(2, 6), 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5);
    everyType(
        X,
        x -> x.repeat(-2, 3),
        Shape.of(6, 3),
        0,
        1,
        2,
        0,
        1,
        2,
        0,
        1,
        2,
        3,
        4,
        5,
        3,
        4,
        5,
        3,
        4,
        5);
    assertEquals(Shape.of(0, 3), X.tile(0, 1).shape());
    assertEquals(Shape.of(2, 0), X.repeat(1, 0).shape());
    assertEquals(Shape.of(4, 0), Tensor.zeros(2, 0).tile(2, 3).shape());
    assertEquals(5, Tensor.scalar(5).tile().item());
    everyType(X, x -> x.tile(2), Shape.of(2, 6), 0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5);
    everyType(X, x -> x.tile(2, 1, 1), Shape.of(2, 2, 3), 0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5);
    values(Tensor.scalar(5).tile(3), Shape.of(3), 5, 5, 5);
    everyType(X, x -> x.repeat(-1, new int[] {2, 0, 1}), Shape.of(2, 3), 0, 0, 2, 3, 3, 5);
    everyType(X, x -> x.repeat(0, new int[] {0, 1}), Shape.of(1, 3), 3, 4, 5);
    fails(() -> X.repeat(1, new int[] {1, 2}), "repeat", "axis 1", "[2, 3]", "[1, 2]");
    fails(() -> X.repeat(0, new int[] {1, -1}), "repeat", "[1, -1]");
    fails(() -> X.tile(2, -1), "tile", "0 or more", "[2, -1]");
    fails(() -> X.repeat(0, -1), "repeat", "0 or more", "-1");
    fails(() -> X.repeat(2, 1), "repeat", "axis 2", "[2, 3]");
  }

  @Test
  void truthValuesMoveToo() {
    Tensor odd = Tensor.of(Shape.of(2, 2), false, true, true, true);
    for (Tensor moved :
        Arrays.asList(
            odd.flip(0), odd.roll(0, 1), odd.slice(0, 1, -1, -1), odd.tile(1, 1).flip(0))) {
      assertEquals(DType.BOOL, moved.dtype());
      values(moved, Shape.of(2, 2), 1, 1, 0, 1);
    }
    values(odd.transpose(), Shape.of(2, 2), 0, 1, 1, 1);
    values(odd.repeat(0, 2), Shape.of(4, 2), 0, 1, 0, 1, 1, 1, 1, 1);
  }
}
