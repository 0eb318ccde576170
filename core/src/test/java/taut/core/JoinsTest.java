package taut.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static taut.core.Expected.everyType;
import static taut.core.Expected.fails;
import static taut.core.Expected.values;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Tensors cut into parts and joined, against what NumPy makes of them.
class JoinsTest {
  private static final Tensor X = Tensor.range(6).reshape(2, 3);
  private static final Tensor Y = Tensor.range(24).reshape(2, 3, 4);

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
    List<Tensor> uneven = X.split(-1, new int[] {1, -1, 0});
    values(uneven.get(0), Shape.of(2, 1), 0, 3);
    values(uneven.get(1), Shape.of(2, 2), 1, 2, 4, 5);
    values(uneven.get(2), Shape.of(2, 0));
    values(X.split(0, new int[] {2}).get(0), Shape.of(2, 3), 0, 1, 2, 3, 4, 5);
    fails(() -> X.split(1, new int[] {1, 1}), "split", "axis 1", "[2, 3]", "[1, 1]");
    fails(() -> X.split(1, new int[] {-1, 4}), "split", "[-1, 4]");
    fails(() -> X.split(1, new int[] {-1, -1}), "split", "[-1, -1]");
    fails(() -> X.split(1, new int[] {-2, 5}), "split", "[-2, 5]");
    fails(() -> X.split(1, 2), "split", "axis 1", "[2, 3]", "2 equal parts");
    fails(() -> X.split(1, 0), "split", "0 equal parts");
    fails(() -> X.split(5, 1), "split", "axis 5");
    fails(() -> X.unstack(2), "unstack", "axis 2");
  }

  private static List<Shape> shapes(List<Tensor> tensors) {
    return tensors.stream().map(Tensor::shape).toList();
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
    fails(() -> Rearrangements.stack(4, X, X), "stack", "axis 4");
  }
}
