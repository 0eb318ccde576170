package taut.core;

import java.util.Arrays;
import java.util.stream.IntStream;
import taut.core.ops.ArgSort;
import taut.core.ops.Gather;
import taut.core.ops.OneHot;
import taut.core.ops.TakeAlongAxis;

/// Picking elements by INT32 indices.
public sealed interface Indexing permits Tensor {
  /// Returns this as a tensor.
  Tensor self();

  /// Returns the rows (slices along axis 0) that the indices name, in their order; a row may be
  /// named more than once.
  ///
  /// @throws IllegalArgumentException if an index is negative or not below the number of rows
  default Tensor gather(Tensor indices) {
    return Gather.INSTANCE.apply(self(), indices);
  }

  /// Returns this INT32 tensor with a new last axis of the given size: 1 at the index, 0 elsewhere.
  ///
  /// @throws IllegalArgumentException if an index is negative or not below the number of classes
  default Tensor oneHot(int classes, DType dtype) {
    return new OneHot(classes, dtype).apply(self());
  }

  /// Returns this INT32 tensor with a new axis of the given size at a place of the result: 1 at the
  /// index, 0 elsewhere.
  ///
  /// @throws IllegalArgumentException if an index is negative or not below the number of classes
  default Tensor oneHot(int classes, DType dtype, int axis) {
    Tensor last = oneHot(classes, dtype);
    return last.moveAxis(-1, last.shape().axis("oneHot", axis));
  }

  /// Returns the slices along an axis that the indices name, in their order: indices [i...] turn
  /// [before..., size, after...] into [before..., i..., after...], as NumPy's `take` does.
  ///
  /// @throws IllegalArgumentException if an index is negative or not below the size of the axis
  default Tensor gather(Tensor indices, int axis) {
    Tensor x = self();
    int at = x.shape().axis("gather", axis);
    if (at == 0) {
      return x.gather(indices);
    }
    Coordinates picked = Coordinates.along("gather", x.shape(), at, indices);
    return x.reshape(picked.rows()).gather(picked.numbers()).reshape(picked.result());
  }

  /// Returns the elements, or slices, at coordinates: the last axis of the indices holds one
  /// coordinate for each leading axis of this.
  ///
  /// Indices [..., k] into a tensor [d₁, …, dₖ, rest...] give [..., rest...].
  default Tensor gatherNd(Tensor indices) {
    return gatherNd(indices, 0);
  }

  /// Returns the elements, or slices, at coordinates, in each sample of a batch by itself.
  ///
  /// Indices [batch..., i..., k] into a tensor [batch..., d₁, …, dₖ, rest...] give [batch..., i...,
  /// rest...].
  ///
  /// @param batchAxes how many leading axes make the batch
  default Tensor gatherNd(Tensor indices, int batchAxes) {
    Coordinates picked = Coordinates.at("gatherNd", self().shape(), indices, batchAxes);
    return self().reshape(picked.rows()).gather(picked.numbers()).reshape(picked.result());
  }

  /// Returns the elements where a BOOL tensor is true, or the slices if it has fewer axes than
  /// this: its axes are the first ones of this and become one.
  default Tensor booleanMask(Tensor mask) {
    return booleanMask(mask, 0);
  }

  /// Returns the slices where a BOOL tensor is true, whose axes are those of this from the given
  /// one on: [before..., mask..., after...] becomes [before..., how many are true, after...].
  default Tensor booleanMask(Tensor mask, int axis) {
    Shape shape = self().shape();
    int at = shape.axis("booleanMask", axis);
    int[] dims = shape.toArray();
    int end = at + mask.rank();
    boolean fits =
        mask.dtype() == DType.BOOL
            && mask.rank() > 0
            && end <= dims.length
            && Arrays.equals(mask.shape().toArray(), Arrays.copyOfRange(dims, at, end));
    if (!fits) {
      throw new IllegalArgumentException(
          "booleanMask: wants a BOOL mask like the axes of "
              + shape
              + " from axis "
              + axis
              + " on, got "
              + mask.spec());
    }
    int[] chosen = mask.toInts();
    int[] positions = IntStream.range(0, chosen.length).filter(i -> chosen[i] != 0).toArray();
    int[] merged =
        IntStream.range(0, dims.length)
            .filter(i -> i <= at || i >= end)
            .map(i -> i == at ? chosen.length : dims[i])
            .toArray();
    return self()
        .reshape(Shape.of(merged))
        .gather(Tensor.of(Shape.of(positions.length), positions), at);
  }

  /// Adds rows [indices..., ...] into zeros of the given shape, each at the row its index names;
  /// rows that meet add up.
  default Tensor scatterAdd(Tensor indices, Shape shape) {
    return new Gather.ScatterAdd(shape).apply(self(), indices);
  }

  /// Adds slices [before..., indices..., after...] into zeros of the given shape [before..., size,
  /// after...], each where its index along an axis says; slices that meet add up.
  ///
  /// It is the adjoint of [#gather(Tensor, int)].
  default Tensor scatterAdd(Tensor indices, Shape shape, int axis) {
    int at = shape.axis("scatterAdd", axis);
    return scatter(
        "scatterAdd", self(), Coordinates.along("scatterAdd", shape, at, indices), shape);
  }

  /// Adds elements, or slices, [..., rest...] into zeros of the given shape [d₁, …, dₖ, rest...],
  /// each at the place that its coordinates [..., k] name; those that meet add up.
  ///
  /// It is the adjoint of [#gatherNd(Tensor)], and TensorFlow's `scatter_nd`.
  default Tensor scatterNdAdd(Tensor indices, Shape shape) {
    return scatter(
        "scatterNdAdd", self(), Coordinates.at("scatterNdAdd", shape, indices, 0), shape);
  }

  private static Tensor scatter(String op, Tensor x, Coordinates places, Shape shape) {
    if (!x.shape().equals(places.result())) {
      throw new IllegalArgumentException(
          op
              + ": the indices pick "
              + places.result()
              + " from "
              + shape
              + ", but there are "
              + x.spec()
              + " to add");
    }
    Shape slices = places.rows().with(0, places.numbers().size());
    return x.reshape(slices).scatterAdd(places.numbers(), places.rows()).reshape(shape);
  }

  /// Returns this with slices added where their indices along an axis say; slices that meet add up.
  ///
  /// @param indices INT32 indices of any shape
  /// @param slices what [#gather(Tensor, int)] picks in shape, [before..., indices..., after...]
  default Tensor addAt(Tensor indices, Tensor slices, int axis) {
    Shape shape = self().shape();
    int at = shape.axis("addAt", axis);
    Coordinates places = Coordinates.along("addAt", shape, at, indices);
    return self().add(scatter("addAt", slices, places, shape));
  }

  /// Returns this with elements, or slices, added at the places that coordinates name; those that
  /// meet add up: TensorFlow's `tensor_scatter_nd_add`.
  ///
  /// @param indices INT32 coordinates [..., k], one for each of the first k axes of this
  /// @param slices what [#gatherNd(Tensor)] picks in shape
  default Tensor addAtNd(Tensor indices, Tensor slices) {
    Shape shape = self().shape();
    Coordinates places = Coordinates.at("addAtNd", shape, indices, 0);
    return self().add(scatter("addAtNd", slices, places, shape));
  }

  /// Returns y[…, i, …] = x[…, index[…, i, …], …] along an axis; the other axes broadcast.
  default Tensor takeAlongAxis(Tensor indices, int axis) {
    Tensor x = self();
    int at = x.shape().axis("takeAlongAxis", axis);
    TakeAlongAxis op = new TakeAlongAxis(at);
    if (indices.rank() != x.rank()) {
      return op.apply(x, indices);
    }
    Shape beside = x.shape().with(at, 1).broadcast(indices.shape().with(at, 1));
    Tensor wide = x.broadcastTo(beside.with(at, x.dim(at)));
    return op.apply(wide, indices.broadcastTo(beside.with(at, indices.dim(at))));
  }

  /// Returns the INT32 positions that sort along an axis; equal elements keep their order, NaN
  /// counts as largest.
  default Tensor argsort(int axis, boolean descending) {
    return new ArgSort(self().shape().axis("argsort", axis), descending).apply(self());
  }

  /// Returns this sorted along an axis; the gradient follows the elements to where they came from.
  default Tensor sort(int axis, boolean descending) {
    return takeAlongAxis(argsort(axis, descending), axis);
  }

  /// The largest elements along an axis.
  ///
  /// @param values the elements, the largest first
  /// @param positions their INT32 positions along the axis
  record TopK(Tensor values, Tensor positions) {}

  /// Returns the k largest elements along the last axis and their positions; of equal elements the
  /// first one comes first, NaN counts as largest.
  default TopK topK(int k) {
    return topK(k, -1);
  }

  /// Returns the k largest elements along an axis and their positions; of equal elements the first
  /// one comes first, NaN counts as largest. The gradient follows the values to where they came
  /// from.
  default TopK topK(int k, int axis) {
    int at = self().shape().axis("topK", axis);
    if (k < 0 || k > self().dim(at)) {
      throw new IllegalArgumentException(
          "topK: wants a k from 0 to the size of axis "
              + axis
              + " of "
              + self().spec()
              + ", got "
              + k);
    }
    Tensor positions = argsort(at, true).slice(at, 0, k);
    return new TopK(takeAlongAxis(positions, at), positions);
  }
}
