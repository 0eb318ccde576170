package taut.core.kernels;

import java.util.Arrays;
import taut.core.Shape;

/// A path through a storage: element (i₀, i₁, …) of the shape is at offset + Σ iₖ · strideₖ.
/// Transposing, slicing, flipping and broadcasting are walks.
public final class Walk {
  private final int offset;
  private final int[] dims;
  private final int[] strides;

  /// Makes the walk over a shape from an offset, with a stride for each axis; a stride may be 0 or
  /// negative.
  ///
  /// Axes of size 1 are left out, and neighbouring axes that are one run in the storage are merged,
  /// so that loops are long.
  public Walk(int offset, Shape shape, int[] strides) {
    this.offset = offset;
    int[] sizes = shape.toArray();
    int[] steps = strides.clone();
    int count = 0;
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] == 1) {
        continue;
      }
      boolean merges = count > 0 && steps[count - 1] == steps[i] * sizes[i];
      int at = merges ? count - 1 : count++;
      sizes[at] = merges ? sizes[at] * sizes[i] : sizes[i];
      steps[at] = steps[i];
    }
    if (count == 0) {
      this.dims = new int[] {1};
      this.strides = new int[] {1};
    } else {
      this.dims = Arrays.copyOf(sizes, count);
      this.strides = Arrays.copyOf(steps, count);
    }
  }

  /// What a broadcasting walk follows from.
  private record Shapes(Shape from, Shape to) {}

  private static final Recent<Shapes, Walk> BROADCASTS = new Recent<>();

  /// Returns the walk through a tensor of one shape that repeats it as another shape.
  public static Walk broadcast(Shape from, Shape to) {
    return BROADCASTS.get(
        new Shapes(from, to), s -> new Walk(0, s.to, broadcastStrides(s.from, s.to)));
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

  /// Returns where in the storage the first element is.
  int offset() {
    return offset;
  }

  /// Returns the number of axes, at least 1.
  int rank() {
    return dims.length;
  }

  /// Returns the size of an axis.
  int dim(int axis) {
    return dims[axis];
  }

  /// Returns how far apart neighbours along an axis are in the storage.
  int stride(int axis) {
    return strides[axis];
  }

  /// Returns how far apart neighbours along an axis are in the order of the walk.
  int step(int axis) {
    int step = 1;
    for (int i = axis + 1; i < dims.length; i++) {
      step *= dims[i];
    }
    return step;
  }

  /// Returns the number of elements.
  int size() {
    return dims[0] * step(0);
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
    int length = dims[last];
    int[] index = new int[last];
    int start = offset;
    for (int position = 0, total = size(); position < total; position += length) {
      visitor.visit(start, strides[last], position, length);
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
