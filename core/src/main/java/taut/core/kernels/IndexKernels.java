package taut.core.kernels;

import taut.core.Storage;

/// The loops behind ops that pick elements by INT32 positions, find positions, or convert element
/// The loops behind ops that pick elements by INT32 positions, find positions, or convert element
/// types. Positions are checked by the ops.
public interface IndexKernels {
  /// Returns the kernels in use: typed loops wherever [Kernels#active] is SIMD.
  static IndexKernels active() {
    return Kernels.active() instanceof VectorKernels
        ? VectorIndexKernels.INSTANCE
        : ReferenceIndexKernels.INSTANCE;
  }

  /// Copies the rows of x that the indices name, `width` elements each.
  void gather(Storage x, Storage indices, Storage out, int width);

  /// Adds rows of `width` elements to the rows of `sums` that the indices name, in their order.
  void scatterAdd(Storage rows, Storage indices, Storage sums, int width);

  /// Picks along the middle axis: with x seen as [outer, size, inner] and the rest as [outer,
  /// count, inner], out[o, c, i] = x[o, indices[o, c, i], i].
  void take(Storage x, Storage indices, Storage out, int outer, int size, int count, int inner);

  /// Adds elements where [#take] would pick them: sums[o, indices[o, c, i], i] += x[o, c, i].
  void putAdd(Storage x, Storage indices, Storage sums, int outer, int size, int count, int inner);

  /// Finds, in x seen as [outer, count, inner], where along the middle axis the first largest
  /// element stands, or the first NaN.
  void argMax(Storage x, Storage out, int outer, int count, int inner);

  /// Converts elements: towards INT32 they are cut, towards BOOL anything but 0 is true.
  void cast(Storage from, Storage to);
}
