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

  /// Returns the slices along an axis that a vector of indices names, in its order.
  default Tensor gather(Tensor indices, int axis) {
    Tensor x = self();
    int at = x.shape().axis("gather", axis);
    int[] front =
        IntStream.range(0, x.rank()).map(i -> i == 0 ? at : i <= at ? i - 1 : i).toArray();
    int[] back = IntStream.range(0, x.rank()).map(i -> i < at ? i + 1 : i == at ? 0 : i).toArray();
    if (indices.rank() != 1) {
      throw new IllegalArgumentException(
          "gather: along an axis it wants a vector of indices, got " + indices.spec());
    }
    return x.transpose(front).gather(indices).transpose(back);
  }

  /// Returns the elements, or slices, at coordinates: the last axis of the indices holds one
  /// coordinate for each leading axis of this.
  ///
  /// Indices [..., k] into a tensor [d₁, …, dₖ, rest...] give [..., rest...].
  default Tensor gatherNd(Tensor indices) {
    Tensor x = self();
    int depth = indices.rank() == 0 ? 0 : indices.dim(-1);
    if (indices.dtype() != DType.INT32 || depth < 1 || depth > x.rank()) {
      throw new IllegalArgumentException(
          "gatherNd: wants INT32 coordinates [..., k] with 1 ≤ k ≤ "
              + x.rank()
              + ", got "
              + indices.spec());
    }
    int[] dims = x.shape().toArray();
    int[] coordinates = indices.toInts();
    int[] rows = new int[coordinates.length / depth];
    for (int i = 0; i < coordinates.length; i++) {
      int size = dims[i % depth];
      if (coordinates[i] < 0 || coordinates[i] >= size) {
        throw new IllegalArgumentException(
            "gatherNd: coordinate " + coordinates[i] + " is not in 0 … " + (size - 1));
      }
      rows[i / depth] = rows[i / depth] * size + coordinates[i];
    }
    int[] merged = Arrays.copyOfRange(dims, depth - 1, dims.length);
    merged[0] = Arrays.stream(dims, 0, depth).reduce(1, (a, b) -> a * b);
    int[] lead = Arrays.copyOf(indices.shape().toArray(), indices.rank() - 1);
    return x.reshape(merged).gather(Tensor.of(Shape.of(lead), rows));
  }

  /// Returns the rows (slices along axis 0) where a BOOL vector is true.
  default Tensor booleanMask(Tensor mask) {
    boolean fits =
        mask.dtype() == DType.BOOL
            && mask.rank() == 1
            && self().rank() > 0
            && mask.dim(0) == self().dim(0);
    if (!fits) {
      throw new IllegalArgumentException(
          "booleanMask: wants a BOOL vector with one element a row of "
              + self().shape()
              + ", got "
              + mask.spec());
    }
    int[] chosen = mask.toInts();
    int[] rows = IntStream.range(0, chosen.length).filter(i -> chosen[i] != 0).toArray();
    return self().gather(Tensor.of(Shape.of(rows.length), rows));
  }

  /// Adds rows [indices..., ...] into zeros of the given shape, each at the row its index names;
  /// rows that meet add up.
  default Tensor scatterAdd(Tensor indices, Shape shape) {
    return new Gather.ScatterAdd(shape).apply(self(), indices);
  }

  /// Returns y[…, i, …] = x[…, index[…, i, …], …] along an axis.
  default Tensor takeAlongAxis(Tensor indices, int axis) {
    return new TakeAlongAxis(self().shape().axis("takeAlongAxis", axis)).apply(self(), indices);
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

  /// Returns the INT32 positions of the k largest elements along the last axis, the largest first;
  /// their values are `x.takeAlongAxis(x.topK(k), -1)`.
  default Tensor topK(int k) {
    if (self().rank() == 0 || k < 0 || k > self().dim(-1)) {
      throw new IllegalArgumentException(
          "topK: wants a k from 0 to the size of the last axis of " + self().spec() + ", got " + k);
    }
    return argsort(-1, true).slice(-1, 0, k);
  }
}
