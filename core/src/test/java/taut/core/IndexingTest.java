package taut.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static taut.core.Expected.everyType;
import static taut.core.Expected.fails;
import static taut.core.Expected.values;

import org.junit.jupiter.api.Test;

/// Picking and sorting, against values worked out by hand.
class IndexingTest {
  private static final Tensor X = Tensor.range(6).reshape(2, 3);
  private static final Tensor Y = Tensor.range(12).reshape(2, 3, 2);
  private static final Tensor TIES = Tensor.of(Shape.of(2, 4), 3, 1, 3, 2, 0, 5, 5, -1);
  private static final Tensor NONE = Tensor.of(Shape.of(0), new int[0]);

  private static Tensor indices(int... indices) {
    return Tensor.of(Shape.of(indices.length), indices);
  }

  @Test
  void gather() {
    everyType(X, x -> x.gather(indices(1, 0, 1)), Shape.of(3, 3), 3, 4, 5, 0, 1, 2, 3, 4, 5);
    everyType(X, x -> x.gather(Tensor.of(Shape.SCALAR, 1)), Shape.of(3), 3, 4, 5);
    everyType(
        indices(7, 8, 9),
        x -> x.gather(indices(2, 0, 1, 1).reshape(2, 2)),
        Shape.of(2, 2),
        9,
        7,
        8,
        8);
    values(X.gather(NONE), Shape.of(0, 3));
    fails(() -> X.gather(indices(0, 2)), "gather", "2");
    fails(() -> X.gather(indices(-1)), "gather", "-1");
    fails(() -> X.gather(Tensor.vector(1)), "gather", "INT32", "FLOAT32");
    fails(() -> Tensor.scalar(1).gather(indices(0)), "gather", "rank 1");
  }

  @Test
  void gatherAlongAnAxis() {
    everyType(X, x -> x.gather(indices(2, 0), 1), Shape.of(2, 2), 2, 0, 5, 3);
    everyType(X, x -> x.gather(indices(2, 0), -1), Shape.of(2, 2), 2, 0, 5, 3);
    everyType(X, x -> x.gather(indices(1), -2), Shape.of(1, 3), 3, 4, 5);
    everyType(Y, x -> x.gather(indices(2, 2), 1), Shape.of(2, 2, 2), 4, 5, 4, 5, 10, 11, 10, 11);
    values(X.gather(NONE, 1), Shape.of(2, 0));
    fails(() -> X.gather(indices(0), 2), "gather", "axis 2", "[2, 3]");
    fails(() -> X.gather(indices(3), 1), "gather", "3");
    fails(() -> X.gather(Tensor.vector(1), 1), "gather", "INT32", "FLOAT32[1]");
  }

  /// The meaning of NumPy's `take`: y[b…, i…, a…] = x[b…, indices[i…], a…].
  @Test
  void gatherAlongAnyAxisWithIndicesOfAnyRank() {
    Tensor x = Tensor.range(24).reshape(2, 3, 4);
    int checked = 0;
    for (int axis = -3; axis < 3; axis++) {
      for (int[] shape : new int[][] {{}, {1}, {2, 2}, {0, 3}, {1, 2, 1}}) {
        Shape indexShape = Shape.of(shape);
        int[] picks = new int[indexShape.size()];
        for (int i = 0; i < picks.length; i++) {
          picks[i] = (i * 5 + 1) % x.dim(axis);
        }
        Tensor picked = x.gather(Tensor.of(indexShape, picks), axis);
        int at = axis < 0 ? axis + 3 : axis;
        int inner = x.shape().strides()[at];
        int outer = x.size() / inner / x.dim(at);
        double[] wanted = new double[outer * picks.length * inner];
        int next = 0;
        for (int o = 0; o < outer; o++) {
          for (int pick : picks) {
            for (int i = 0; i < inner; i++) {
              wanted[next++] = (o * x.dim(at) + pick) * inner + i;
            }
          }
        }
        int[] dims = new int[2 + shape.length];
        int axisOfResult = 0;
        for (int i = 0; i < 3; i++) {
          if (i == at) {
            System.arraycopy(shape, 0, dims, axisOfResult, shape.length);
            axisOfResult += shape.length;
          } else {
            dims[axisOfResult++] = x.dim(i);
          }
        }
        values(picked, Shape.of(dims), wanted);
        checked++;
      }
    }
    assertEquals(30, checked);
  }

  @Test
  void gatherNd() {
    Tensor corners = Tensor.of(Shape.of(3, 2), 0, 0, 1, 2, 0, 1);
    everyType(X, x -> x.gatherNd(corners), Shape.of(3), 0, 5, 1);
    everyType(Y, x -> x.gatherNd(corners), Shape.of(3, 2), 0, 1, 10, 11, 2, 3);
    everyType(Y, x -> x.gatherNd(indices(1, 0, 1)), Shape.SCALAR, 7);
    values(X.gatherNd(Tensor.of(Shape.of(0, 2), new int[0])), Shape.of(0));
    Tensor perSample = Tensor.of(Shape.of(2, 2, 1), 2, 0, 1, 1);
    everyType(X, x -> x.gatherNd(perSample, 1), Shape.of(2, 2), 2, 0, 4, 4);
    everyType(Y, x -> x.gatherNd(perSample, 1), Shape.of(2, 2, 2), 4, 5, 0, 1, 8, 9, 8, 9);
    everyType(Y, x -> x.gatherNd(perSample.reshape(2, 1, 2), 1), Shape.of(2, 1), 4, 9);
    fails(() -> X.gatherNd(indices(0), 1), "gatherNd", "[2]", "[1]");
    fails(() -> X.gatherNd(perSample, 2), "gatherNd", "k ≤ 0", "[2, 3]");
    fails(() -> X.gatherNd(perSample, -1), "gatherNd");
    fails(() -> X.gatherNd(indices(0, 3)), "gatherNd", "3", "0 … 2");
    fails(() -> X.gatherNd(indices(0, -1)), "gatherNd", "-1", "0 … 2");
    fails(() -> X.gatherNd(indices(0, 0, 0)), "gatherNd", "k ≤ 2", "[3]");
    fails(() -> X.gatherNd(Tensor.vector(0, 0)), "gatherNd", "INT32", "FLOAT32");
  }

  @Test
  void oneHot() {
    Tensor hot = indices(2, 0).oneHot(3, DType.FLOAT64);
    assertEquals(DType.FLOAT64, hot.dtype());
    values(hot, Shape.of(2, 3), 0, 0, 1, 1, 0, 0);
    values(indices(0, 1).reshape(1, 2).oneHot(2, DType.INT32), Shape.of(1, 2, 2), 1, 0, 0, 1);
    values(NONE.oneHot(4, DType.FLOAT32), Shape.of(0, 4));
    values(indices(2, 0).oneHot(3, DType.INT32, 0), Shape.of(3, 2), 0, 1, 0, 0, 1, 0);
    fails(() -> indices(0).oneHot(3, DType.FLOAT32, 2), "oneHot", "axis 2");
    fails(() -> indices(3).oneHot(3, DType.FLOAT32), "oneHot", "3");
    fails(() -> indices(-1).oneHot(3, DType.FLOAT32), "oneHot", "-1");
    fails(() -> Tensor.vector(1).oneHot(3, DType.FLOAT32), "oneHot", "INT32", "FLOAT32");
  }

  @Test
  void booleanMask() {
    Tensor second = Tensor.of(Shape.of(2), false, true);
    everyType(X, x -> x.booleanMask(second), Shape.of(1, 3), 3, 4, 5);
    values(X.booleanMask(Tensor.of(Shape.of(2), false, false)), Shape.of(0, 3));
    values(X.booleanMask(Tensor.of(Shape.of(2), true, true)), Shape.of(2, 3), 0, 1, 2, 3, 4, 5);
    fails(
        () -> X.booleanMask(Tensor.of(Shape.of(3), true, true, true)),
        "booleanMask",
        "[2, 3]",
        "[3]");
    fails(() -> X.booleanMask(indices(0, 1)), "booleanMask", "BOOL", "INT32");
    Tensor odd = Tensor.of(Shape.of(2, 3), false, true, false, true, false, true);
    everyType(X, x -> x.booleanMask(odd), Shape.of(3), 1, 3, 5);
    everyType(Y, x -> x.booleanMask(odd), Shape.of(3, 2), 2, 3, 6, 7, 10, 11);
    Tensor column = Tensor.of(Shape.of(3), true, false, true);
    everyType(X, x -> x.booleanMask(column, 1), Shape.of(2, 2), 0, 2, 3, 5);
    everyType(Y, x -> x.booleanMask(column, -2), Shape.of(2, 2, 2), 0, 1, 4, 5, 6, 7, 10, 11);
    fails(() -> X.booleanMask(column, 0), "booleanMask", "[2, 3]", "axis 0", "[3]");
    fails(() -> X.booleanMask(odd, 1), "booleanMask", "axis 1", "[2, 3]");
    fails(() -> X.booleanMask(Tensor.of(Shape.SCALAR, true)), "booleanMask", "[]");
  }

  @Test
  void scatterAdd() {
    Tensor rows = X.cast(DType.FLOAT64);
    values(
        rows.scatterAdd(indices(2, 0), Shape.of(3, 3)), Shape.of(3, 3), 3, 4, 5, 0, 0, 0, 0, 1, 2);
    values(rows.scatterAdd(indices(1, 1), Shape.of(2, 3)), Shape.of(2, 3), 0, 0, 0, 3, 5, 7);
    values(Tensor.zeros(0, 3).scatterAdd(NONE, Shape.of(1, 3)), Shape.of(1, 3), 0, 0, 0);
    fails(() -> rows.scatterAdd(indices(0, 2), Shape.of(2, 3)), "2");
    fails(() -> rows.scatterAdd(indices(0), Shape.of(2, 3)), "scatterAdd", "[2, 3]", "[1]");
    everyType(
        X,
        x -> x.scatterAdd(indices(1, 0, 1), Shape.of(2, 3), 1),
        Shape.of(2, 3),
        1,
        2,
        0,
        4,
        8,
        0);
    everyType(
        X,
        x -> x.scatterAdd(indices(1, 0, 1, 1, 0, 0).reshape(2, 3), Shape.of(3), 0),
        Shape.of(3),
        10,
        5,
        0);
    fails(() -> X.scatterAdd(indices(1, 0), Shape.of(2, 3), 1), "scatterAdd", "[2, 2]", "[2, 3]");
    fails(() -> X.scatterAdd(indices(0, 0, 3), Shape.of(2, 3), 1), "scatterAdd", "3", "0 … 2");
  }

  @Test
  void scatterNdAdd() {
    Tensor places = Tensor.of(Shape.of(3, 2), 0, 0, 1, 2, 0, 0);
    everyType(
        indices(5, 6, 7),
        x -> x.scatterNdAdd(places, Shape.of(2, 3)),
        X.shape(),
        12,
        0,
        0,
        0,
        0,
        6);
    everyType(
        X,
        x -> x.scatterNdAdd(indices(3, 1).reshape(2, 1), Shape.of(4, 3)),
        Shape.of(4, 3),
        0,
        0,
        0,
        3,
        4,
        5,
        0,
        0,
        0,
        0,
        1,
        2);
    fails(() -> X.scatterNdAdd(places, Shape.of(2, 3)), "scatterNdAdd", "[3]", "[2, 3]");
    fails(() -> X.scatterNdAdd(places, Shape.of(3)), "scatterNdAdd", "k ≤ 1", "[3, 2]");
  }

  @Test
  void addAt() {
    Tensor tens = indices(10, 20, 30);
    everyType(
        X,
        x -> x.addAt(indices(1), tens.cast(x.dtype()).reshape(1, 3), 0),
        X.shape(),
        0,
        1,
        2,
        13,
        24,
        35);
    everyType(
        X,
        x ->
            x.addAt(
                indices(2, 2), tens.cast(x.dtype()).slice(0, 0, 2).reshape(1, 2).tile(2, 1), -1),
        X.shape(),
        0,
        1,
        32,
        3,
        4,
        35);
    Tensor places = Tensor.of(Shape.of(3, 2), 0, 0, 1, 2, 0, 0);
    everyType(X, x -> x.addAtNd(places, tens.cast(x.dtype())), X.shape(), 40, 1, 2, 3, 4, 25);
    fails(() -> X.addAt(indices(0), tens, 0), "addAt", "[1, 3]", "[3]");
    fails(() -> X.addAt(indices(0), tens, 2), "addAt", "axis 2");
    fails(() -> X.addAt(indices(2), tens, 0), "addAt", "2", "0 … 1");
    fails(() -> X.addAt(indices(0), Tensor.ones(1, 3), 0), "INT32", "FLOAT32");
    fails(() -> X.addAtNd(places, X), "addAtNd", "[3]", "[2, 3]");
    fails(() -> X.addAtNd(places.add(1), tens), "addAtNd", "2", "0 … 1");
  }

  @Test
  void takeAlongAxis() {
    Tensor last = Tensor.of(Shape.of(2, 2), 2, 0, 1, 1);
    everyType(X, x -> x.takeAlongAxis(last, 1), Shape.of(2, 2), 2, 0, 4, 4);
    everyType(X, x -> x.takeAlongAxis(last, -1), Shape.of(2, 2), 2, 0, 4, 4);
    Tensor first = Tensor.of(Shape.of(1, 3), 1, 0, 1);
    everyType(X, x -> x.takeAlongAxis(first, 0), Shape.of(1, 3), 3, 1, 5);
    values(X.takeAlongAxis(Tensor.of(Shape.of(2, 0), new int[0]), 1), Shape.of(2, 0));
    fails(() -> X.takeAlongAxis(last, 2), "takeAlongAxis", "axis 2");
    everyType(X, x -> x.takeAlongAxis(indices(2, 1).reshape(1, 2), 1), Shape.of(2, 2), 2, 1, 5, 4);
    everyType(
        indices(7, 8, 9).reshape(1, 3),
        x -> x.takeAlongAxis(indices(2, 0).reshape(2, 1), 1),
        Shape.of(2, 1),
        9,
        7);
    fails(() -> X.takeAlongAxis(indices(0), 1), "takeAlongAxis", "[2, 3]", "axis 1", "[1]");
    fails(() -> X.takeAlongAxis(last.cast(DType.FLOAT32), 1), "takeAlongAxis", "FLOAT32");
    fails(() -> X.takeAlongAxis(last.add(1), 1), "3");
  }

  @Test
  void argsort() {
    values(TIES.argsort(1, false), Shape.of(2, 4), 1, 3, 0, 2, 3, 0, 1, 2);
    // Descending too, equal elements keep their order: np.argsort(-x, kind="stable").
    values(TIES.argsort(-1, true), Shape.of(2, 4), 0, 2, 3, 1, 1, 2, 0, 3);
    values(TIES.argsort(0, false), Shape.of(2, 4), 1, 0, 0, 1, 0, 1, 1, 0);
    Tensor holes = Tensor.vector(Float.NaN, 1, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
    values(holes.argsort(0, false), Shape.of(4), 2, 1, 3, 0);
    values(holes.argsort(0, true), Shape.of(4), 0, 3, 1, 2);
    values(Tensor.zeros(2, 0).argsort(1, false), Shape.of(2, 0));
    assertEquals(DType.INT32, holes.argsort(0, false).dtype());
    fails(() -> X.argsort(-3, false), "argsort", "axis -3", "[2, 3]");
  }

  @Test
  void sort() {
    everyType(TIES, x -> x.sort(1, false), Shape.of(2, 4), 1, 2, 3, 3, -1, 0, 5, 5);
    everyType(TIES, x -> x.sort(-1, true), Shape.of(2, 4), 3, 3, 2, 1, 5, 5, 0, -1);
    everyType(TIES, x -> x.sort(0, false), Shape.of(2, 4), 0, 1, 3, -1, 3, 5, 5, 2);
    values(Tensor.zeros(0, 2).sort(0, true), Shape.of(0, 2));
    fails(() -> X.sort(2, false), "axis 2", "[2, 3]");
  }

  @Test
  void topK() {
    values(TIES.topK(2).positions(), Shape.of(2, 2), 0, 2, 1, 2);
    everyType(TIES, x -> x.topK(3).values(), Shape.of(2, 3), 3, 3, 2, 5, 5, 0);
    everyType(TIES, x -> x.topK(1, 0).values(), Shape.of(1, 4), 3, 5, 5, 2);
    values(TIES.topK(1, -2).positions(), Shape.of(1, 4), 0, 1, 1, 0);
    values(TIES.topK(0).positions(), Shape.of(2, 0));
    Tensor hole = Tensor.vector(1, Float.NaN, 3).topK(2).positions();
    values(hole, Shape.of(2), 1, 2);
    fails(() -> TIES.topK(5), "topK", "[2, 4]", "5");
    fails(() -> TIES.topK(3, 0), "topK", "axis 0", "[2, 4]", "3");
    fails(() -> TIES.topK(-1), "topK", "-1");
    fails(() -> Tensor.scalar(1).topK(0), "topK", "[]");
  }
}
