package taut.core.kernels;

import taut.core.Shape;

/// A path through a storage: element (i₀, i₁, …) of the shape is at offset + Σ iₖ · strideₖ.
/// Transposing, slicing, flipping and broadcasting are walks.
public final class Walk {
  private final int offset;
  private final int[] dims;
  private final int[] strides;

  /// Makes the walk over a shape from an offset, with a stride for each axis; a stride may be 0 or
  /// negative.
  public Walk(int offset, Shape shape, int[] strides) {
    this.offset = offset;
    this.dims = shape.toArray();
    this.strides = strides.clone();
  }

  /// Returns the walk through a tensor of one shape that repeats it as another shape.
  public static Walk broadcast(Shape from, Shape to) {
    return new Walk(0, to, broadcastStrides(from, to));
  }

  /// Returns the strides at which a tensor is read to appear in a larger shape: 0 where it is
  /// repeated.
  static int[] broadcastStrides(Shape from, Shape to) {
    int[] own = from.strides();
    int[] strides = new int[to.rank()];
    int lead = to.rank() - from.rank();
    for (int i = 0; i < own.length; i++) {
      strides[lead + i] = from.dim(i) == 1 ? 0 : own[i];
    }
    return strides;
  }

  /// Takes one run of elements: where it is in the storage, the distance between its elements, and
  /// where it stands in the order of the walk.
  public interface RunVisitor {
    /// Works on one run.
    void visit(int start, int stride, int position, int length);
  }

  /// Visits the runs along the last axis in row-major order.
  public void forEachRun(RunVisitor visitor) {
    int last = dims.length - 1;
    int length = last < 0 ? 1 : dims[last];
    int total = length;
    for (int i = 0; i < last; i++) {
      total *= dims[i];
    }
    int[] index = new int[Math.max(last, 0)];
    int start = offset;
    for (int position = 0; position < total; position += length) {
      visitor.visit(start, last < 0 ? 1 : strides[last], position, length);
      for (int i = last - 1; i >= 0; i--) {
        start += strides[i];
        if (++index[i] < dims[i]) {
          break;
        }
        index[i] = 0;
        start -= strides[i] * dims[i];
      }
    }
  }
}
