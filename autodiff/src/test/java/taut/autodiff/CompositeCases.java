package taut.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import taut.core.DType;
import taut.core.LinearAlgebra;
import taut.core.Rearrangements;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.ops.Padding;
import taut.core.ops.Window;

/// The cases of methods that are made of several ops.
final class CompositeCases {
  private final Draw draw = new Draw(6);
  private final List<OpCase> cases = new ArrayList<>();

  static List<OpCase> all() {
    CompositeCases made = new CompositeCases();
    made.alongAxes();
    made.norms();
    made.arrangements();
    made.paddings();
    made.indexing();
    made.products();
    made.equations();
    made.matrices();
    made.transposedConvolutions();
    return made.cases;
  }

  private void one(String label, String name, UnaryOperator<Tensor> f, Tensor x) {
    several(label, name, xs -> f.apply(xs[0]), x);
  }

  private void several(String label, String name, Function<Tensor[], Tensor> f, Tensor... inputs) {
    cases.add(OpCase.of(name, new Composite(label, f), inputs));
  }

  private void alongAxes() {
    for (Tensor x : List.of(draw.any(3, 4, 2), draw.any(1, 1, 1), draw.any(2, 0, 3))) {
      for (int axis = -2; axis < 3; axis++) {
        int at = axis;
        String name = "axis " + axis + " of " + x.shape();
        one("softmax", name, y -> y.softmax(at), x);
        one("logSoftmax", name, y -> y.logSoftmax(at), x);
        one("cumulativeSum", name, y -> y.cumulativeSum(at, true, true), x);
        one("cumulativeProduct", name, y -> y.cumulativeProduct(at, true, false), x);
        one("moveAxis", name, y -> y.moveAxis(at, 1), x);
        one("swapAxes", name, y -> y.swapAxes(at, 0), x);
        one("sort", name, y -> y.sort(at, true), x);
      }
      one("logSumExp", "axes 0 and 2 kept of " + x.shape(), y -> y.logSumExp(true, 0, -1), x);
    }
    Tensor x = draw.any(3, 4, 2);
    one("variance", "axes 0 and 2", y -> y.variance(true, 0, 2), x);
    one("standardDeviation", "axes 0 and 2 kept", y -> y.standardDeviation(true, 0, 2), x);
    one("standardDeviation", "all", y -> y.standardDeviation(), x);
    one("topK", "last axis", y -> y.topK(1).values(), x);
    one("topK", "axis 1", y -> y.topK(3, 1).values(), x);
  }

  private void norms() {
    double infinity = Double.POSITIVE_INFINITY;
    for (double order : new double[] {0.5, 1, 1.5, 2, 3, 40, infinity, -infinity}) {
      Tensor x = draw.any(3, 4, 2);
      one("norm", "order " + order, y -> y.norm(order, false), x);
      one("norm", "order " + order + ", axes", y -> y.norm(order, true, 0, -1), x);
    }
    Tensor zero = Tensor.of(Shape.of(2, 3), 0.0, 2, -1, 3, 0, 0.5);
    one("norm", "order 4 with zeros", y -> y.norm(4, false, 1), zero);
  }

  private void arrangements() {
    Tensor x = draw.any(3, 4, 2);
    one("flip", "all axes", y -> y.flip(), x);
    one("flip", "axes 0 and 2", y -> y.flip(-1, 0), x);
    one("roll", "axes 0 and 1", y -> y.roll(new int[] {0, 1}, new int[] {1, -2}), x);
    one("tile", "fewer counts than axes", y -> y.tile(2, 3), x);
    one("tile", "more counts than axes", y -> y.tile(2, 1, 1, 2), x);
    one("repeat", "counts", y -> y.repeat(1, new int[] {0, 2, 1, 3}), x);
    one(
        "split",
        "sizes",
        y -> {
          List<Tensor> parts = y.split(1, new int[] {1, -1, 0});
          return Rearrangements.concat(1, parts.get(1), parts.get(2), parts.get(0).mul(2));
        },
        x);
    one("unstack", "and stack", y -> Rearrangements.stack(2, toArray(y.unstack(1))), x);
  }

  private static Tensor[] toArray(List<Tensor> parts) {
    return parts.toArray(Tensor[]::new);
  }

  private void paddings() {
    Tensor x = draw.any(3, 4, 2);
    int[][] some = {{1, 2}, {0, 0}, {1, 0}};
    one("pad", "three axes", y -> y.pad(some, 0.5), x);
    one("padReflect", "three axes", y -> y.padReflect(some), x);
    one("padEdge", "three axes", y -> y.padEdge(some), x);
  }

  private void indexing() {
    for (int[] which : new int[][] {{3}, {2, 2}, {}, {0}}) {
      for (int axis : new int[] {0, 1, -1}) {
        Tensor x = draw.any(3, 4, 2);
        Tensor indices = draw.indices(2, which);
        Tensor slices = draw.like(x.gather(indices, axis));
        String name = indices.shape() + " along axis " + axis;
        one("gather", name, y -> y.gather(indices, axis), x);
        one("scatterAdd", name, y -> y.scatterAdd(indices, Shape.of(3, 4, 2), axis), slices);
        several("addAt", name, xs -> xs[0].addAt(indices, xs[1], axis), x, slices);
      }
    }
    for (int depth = 1; depth <= 3; depth++) {
      Tensor x = draw.any(3, 4, 2);
      Tensor places = draw.indices(2, 5, depth);
      Tensor slices = draw.like(x.gatherNd(places));
      String name = "depth " + depth;
      one("gatherNd", name, y -> y.gatherNd(places), x);
      one("scatterNdAdd", name, y -> y.scatterNdAdd(places, Shape.of(3, 4, 2)), slices);
      several("addAtNd", name, xs -> xs[0].addAtNd(places, xs[1]), x, slices);
    }
    Tensor x = draw.any(3, 4, 2);
    Tensor batched = draw.indices(2, 3, 5, 1);
    one("gatherNd", "batch", y -> y.gatherNd(batched, 1), x);
    Tensor mask = draw.indices(2, 3, 4).cast(DType.BOOL);
    one("booleanMask", "two axes", y -> y.booleanMask(mask), x);
    Tensor last = Tensor.of(Shape.of(4, 2), draw.indices(2, 8).toInts()).cast(DType.BOOL);
    one("booleanMask", "axis 1", y -> y.booleanMask(last, 1), x);
    Tensor row = draw.indices(4, 1, 2, 1);
    one("takeAlongAxis", "broadcast", y -> y.takeAlongAxis(row, 1), x);
  }

  private void products() {
    several("matmul", "row", xs -> xs[0].matmul(xs[1]), draw.any(4), draw.any(2, 4, 3));
    several("matmul", "column", xs -> xs[0].matmul(xs[1]), draw.any(2, 3, 4), draw.any(4));
    several("matmul", "vectors", xs -> xs[0].matmul(xs[1]), draw.any(4), draw.any(4));
    several(
        "matmul",
        "row and transposed",
        xs -> xs[0].matmul(xs[1], false, true),
        draw.any(4),
        draw.any(3, 4));
    several("dot", "vectors", xs -> xs[0].dot(xs[1]), draw.any(4), draw.any(4));
    several("outer", "vectors", xs -> xs[0].outer(xs[1]), draw.any(4), draw.any(2));
  }

  private void equations() {
    equation("...ij,...jk->...ik", draw.any(2, 1, 3, 4), draw.any(3, 4, 2));
    equation("b...c,c->b...", draw.any(2, 3, 2, 4), draw.any(4));
    equation("...i,...i", draw.any(3, 4), draw.any(2, 1, 4));
    equation("...ii->...i", draw.any(2, 3, 3));
    equation("i...->...", draw.any(2, 3));
    equation("ij,jk,kl->il", draw.any(2, 3), draw.any(3, 2), draw.any(2, 2));
  }

  private void equation(String equation, Tensor... operands) {
    several("einsum", equation, xs -> LinearAlgebra.einsum(equation, xs), operands);
  }

  private void matrices() {
    Tensor wide = Tensor.identity(2).cast(DType.FLOAT64).mul(3).pad(1, 0, 3, 0);
    Tensor a = draw.any(2, 5).mul(0.3).add(wide);
    one("qr", "wide, q", x -> x.qr().q(), a);
    one("qr", "wide, r", x -> x.qr().r(), a);
    one("qr", "tall, r", x -> x.qr().r(), a.transpose());
    one("singularValues", "wide", Tensor::singularValues, a);
    one("trace", "wide", Tensor::trace, a);
    one("lowerTriangle", "wide", Tensor::lowerTriangle, a);
    one("upperTriangle", "wide", Tensor::upperTriangle, a);
    Tensor square = draw.any(3, 3).mul(0.3).add(Tensor.identity(3).cast(DType.FLOAT64).mul(2));
    several("solve", "vector", xs -> xs[0].solve(xs[1]), square, draw.any(3));
    several("solve", "broadcast", xs -> xs[0].solve(xs[1]), square, draw.any(2, 3, 2));
    several("solve", "many", xs -> xs[0].solve(xs[1]), square.add(draw.any(2, 1, 1)), draw.any(3));
  }

  private void transposedConvolutions() {
    for (Padding padding : List.of(Padding.VALID, Padding.SAME)) {
      Window line = Window.of(3).strides(2).padding(padding);
      several(
          "convolveTransposed",
          "line " + padding,
          xs -> xs[0].convolveTransposed(xs[1], line, 1),
          draw.any(2, 4, 3),
          draw.any(3, 2, 3));
      Window plane = Window.of(2, 3).strides(1, 2).dilations(2, 1).padding(padding);
      several(
          "convolveTransposed",
          "plane " + padding,
          xs -> xs[0].convolveTransposed(xs[1], plane, 2),
          draw.any(1, 3, 2, 4),
          draw.any(2, 3, 1, 4));
    }
  }
}
