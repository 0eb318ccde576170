package taut.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static taut.core.Expected.everyType;
import static taut.core.Expected.fails;
import static taut.core.Expected.values;

import java.util.Arrays;
import java.util.List;
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
    fails(() -> X.roll(-3, 1), "roll", "axis -3", "[2, 3]");
  }

  @Test
  void splitsAndUnstacks() {
    List<Tensor> thirds = Y.split(1, 3);
    assertEquals(3, thirds.size());
    values(thirds.get(2), Shape.of(2, 1, 4), 8, 9, 10, 11, 20, 21, 22, 23);
    values(Y.split(-1, 2).get(1), Shape.of(2, 3, 2), 2, 3, 6, 7, 10, 11, 14, 15, 18, 19, 22, 23);
    assertEquals(4, Y.split(2, 4).size());
    assertEquals(List.of(Shape.of(0), Shape.of(0)), shapes(Tensor.zeros(0).split(0, 2)));
    List<Tensor> columns = Y.unstack(-1);
    assertEquals(4, columns.size());
    values(columns.get(3), Shape.of(2, 3), 3, 7, 11, 15, 19, 23);
    values(Y.unstack(0).get(1), Shape.of(3, 4), 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23);
    assertEquals(List.of(), Tensor.zeros(0, 3).unstack(0));
    fails(() -> X.split(1, 2), "split", "axis 1", "[2, 3]", "2 equal parts");
    fails(() -> X.split(1, 0), "split", "0 equal parts");
    fails(() -> X.split(5, 1), "split", "axis 5");
    fails(() -> X.unstack(2), "unstack", "axis 2");
  }

  private static List<Shape> shapes(List<Tensor> tensors) {
    return tensors.stream().map(Tensor::shape).toList();
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
    fails(() -> X.tile(2), "tile", "[2, 3]", "[2]");
    fails(() -> X.tile(2, -1), "tile", "0 or more", "[2, -1]");
    fails(() -> X.repeat(0, -1), "repeat", "0 or more", "-1");
    fails(() -> X.repeat(2, 1), "repeat", "axis 2", "[2, 3]");
  }

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

  @Test
  void concatenates() {
    everyType(
        X,
        x -> Rearrangements.concat(0, x, x.slice(0, 1, 2)),
        Shape.of(3, 3),
        0,
        1,
        2,
        3,
        4,
        5,
        3,
        4,
        5);
    everyType(
        X,
        x -> Rearrangements.concat(-1, x.slice(1, 2, 3), x, x),
        Shape.of(2, 7),
        2,
        0,
        1,
        2,
        0,
        1,
        2,
        5,
        3,
        4,
        5,
        3,
        4,
        5);
    everyType(
        X, x -> Rearrangements.concat(1, x.slice(1, 0, 0), x), Shape.of(2, 3), 0, 1, 2, 3, 4, 5);
    assertEquals(Shape.of(0, 3), Rearrangements.concat(0, X.slice(0, 1, 1)).shape());
    fails(() -> Rearrangements.concat(0), "concat", "none");
    fails(() -> Rearrangements.concat(0, X, X.transpose()), "concat", "[2, 3]", "[3, 2]");
    fails(() -> Rearrangements.concat(0, X, Y), "concat", "[2, 3]", "[2, 3, 4]");
    fails(() -> Rearrangements.concat(2, X, X), "concat", "axis 2", "[2, 3]");
    fails(() -> Rearrangements.concat(0, X, X.cast(DType.FLOAT32)), "concat", "FLOAT32[2, 3]");
    fails(() -> Rearrangements.concat(0, Tensor.scalar(1)), "concat", "axis 0", "[]");
  }

  @Test
  void stacks() {
    everyType(
        X,
        x -> Rearrangements.stack(0, x, x.flip(0)),
        Shape.of(2, 2, 3),
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
        2);
    everyType(
        X,
        x -> Rearrangements.stack(1, x, x.flip(0)),
        Shape.of(2, 2, 3),
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
        2);
    everyType(
        X,
        x -> Rearrangements.stack(-1, x, x.flip(0)),
        Shape.of(2, 3, 2),
        0,
        3,
        1,
        4,
        2,
        5,
        3,
        0,
        4,
        1,
        5,
        2);
    values(Rearrangements.stack(0, Tensor.scalar(1), Tensor.scalar(2)), Shape.of(2), 1, 2);
    Tensor[] rows = Y.unstack(1).toArray(Tensor[]::new);
    everyType(Rearrangements.stack(1, rows), x -> x, Y.shape(), Y.toDoubles());
    fails(() -> Rearrangements.stack(0), "stack", "none");
    fails(() -> Rearrangements.stack(0, X, X.transpose()), "stack", "[2, 3]", "[3, 2]");
    fails(() -> Rearrangements.stack(4, X, X), "axis 4");
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
