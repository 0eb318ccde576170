package taut.core;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Holds the sizes of a tensor's axes, outermost first; elements are stored row-major, the last
/// axis fastest.
///
/// This is the one place of the broadcasting rule (see [#broadcast]) and of the meaning of a
/// negative axis (see [#axis]).
public final class Shape {
  /// The shape of a single number: no axes, one element.
  public static final Shape SCALAR = new Shape(new int[0]);

  /// Shapes met of late, in sets of [#SET] that the hash code chooses: a training step meets the
  /// same few in every step, and so makes none. Where two threads write to one place, one of two
  /// shapes is forgotten, which nobody notices.
  private static final @Nullable Shape[] MET = new Shape[1 << 12];

  private static final int SET = 4;

  /// A place for the sizes of a shape while it is looked for.
  private static final ThreadLocal<int[]> SIZES = ThreadLocal.withInitial(() -> new int[16]);

  private final int[] dims;
  private final int size;

  private Shape(int[] dims) {
    this.dims = dims;
    long product = 1;
    for (int dim : dims) {
      if (dim < 0) {
        throw new IllegalArgumentException(
            "shape: sizes must be 0 or more, got " + Arrays.toString(dims));
      }
      product *= dim;
      if (product > Integer.MAX_VALUE - 64) {
        throw new IllegalArgumentException(
            "shape: a tensor holds at most 2^31 - 64 elements, got " + Arrays.toString(dims));
      }
    }
    this.size = (int) product;
  }

  /// Returns the shape with these sizes.
  ///
  /// @throws IllegalArgumentException if a size is negative or the element count leaves the int
  ///   range
  public static Shape of(int... dims) {
    return met(dims, dims.length);
  }

  /// Returns the shape of a vector.
  ///
  /// @throws IllegalArgumentException as [#of(int...)]
  public static Shape of(int size) {
    int[] dims = sizes(1);
    dims[0] = size;
    return met(dims, 1);
  }

  /// Returns the shape of a matrix.
  ///
  /// @throws IllegalArgumentException as [#of(int...)]
  public static Shape of(int rows, int columns) {
    int[] dims = sizes(2);
    dims[0] = rows;
    dims[1] = columns;
    return met(dims, 2);
  }

  /// Returns this thread's array for sizes, with any content.
  private static int[] sizes(int rank) {
    int[] sizes = SIZES.get();
    return rank <= sizes.length ? sizes : new int[rank];
  }

  /// Returns the shape whose sizes are the first elements of an array, which is not kept.
  private static Shape met(int[] dims, int rank) {
    if (rank == 0) {
      return SCALAR;
    }
    int hash = hash(dims, rank);
    int set = (hash ^ hash >>> 10) & (MET.length - SET);
    for (int i = set; i < set + SET; i++) {
      Shape shape = MET[i];
      if (shape != null && Arrays.equals(shape.dims, 0, shape.dims.length, dims, 0, rank)) {
        return shape;
      }
    }
    Shape shape = new Shape(Arrays.copyOf(dims, rank));
    // The newest stands first, the oldest falls out.
    System.arraycopy(MET, set, MET, set + 1, SET - 1);
    MET[set] = shape;
    return shape;
  }

  private static int hash(int[] dims, int rank) {
    int hash = 1;
    for (int i = 0; i < rank; i++) {
      hash = 31 * hash + dims[i];
    }
    return hash;
  }

  /// Returns the number of axes.
  public int rank() {
    return dims.length;
  }

  /// Returns the number of elements, the product of all sizes (1 for a scalar).
  public int size() {
    return size;
  }

  /// Returns the size along an axis; -1 names the last axis.
  public int dim(int axis) {
    return dims[axis(axis)];
  }

  /// Returns the sizes as a new array.
  public int[] toArray() {
    return dims.clone();
  }

  /// Returns the axis as a number from 0: a negative axis counts from the end.
  ///
  /// @throws IllegalArgumentException if there is no such axis
  public int axis(int axis) {
    if (axis < -dims.length || axis >= dims.length) {
      throw new IllegalArgumentException(
          "axis " + axis + " does not exist in shape " + this + " of rank " + dims.length);
    }
    return axis < 0 ? axis + dims.length : axis;
  }

  /// Returns the axis as a number from 0, as [#axis(int)] does, for an operation that an error
  /// shall name.
  public int axis(String op, int axis) {
    try {
      return axis(axis);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(op + ": " + e.getMessage(), e);
    }
  }

  /// Returns the named axes as sorted numbers from 0; no axes at all means every axis.
  ///
  /// @throws IllegalArgumentException if an axis does not exist or is named twice
  public int[] axes(int... axes) {
    if (axes.length == 0) {
      int[] all = new int[dims.length];
      Arrays.setAll(all, i -> i);
      return all;
    }
    int[] sorted = new int[axes.length];
    Arrays.setAll(sorted, i -> axis(axes[i]));
    Arrays.sort(sorted);
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        throw new IllegalArgumentException(
            "axis " + sorted[i] + " is named twice in " + Arrays.toString(axes));
      }
    }
    return sorted;
  }

  /// Returns the named axes, as [#axes(int...)] does, for an operation that an error shall name.
  public int[] axes(String op, int... axes) {
    try {
      return axes(axes);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(op + ": " + e.getMessage(), e);
    }
  }

  /// Returns this shape with the size of one axis replaced.
  public Shape with(int axis, int size) {
    int[] result = copy();
    result[axis(axis)] = size;
    return met(result, dims.length);
  }

  /// Returns the sizes in this thread's array for them.
  private int[] copy() {
    int[] sizes = sizes(dims.length);
    System.arraycopy(dims, 0, sizes, 0, dims.length);
    return sizes;
  }

  /// Returns this shape without the given axes (sorted numbers from 0), or with their sizes set to
  /// 1.
  public Shape reduced(int[] axes, boolean keepDims) {
    int[] result = copy();
    for (int axis : axes) {
      result[axis] = keepDims ? 1 : -1;
    }
    return keepDims ? met(result, dims.length) : withoutMarked(result);
  }

  /// Returns this shape reduced as [#reduced(int[], boolean)] does.
  public Shape reduced(List<Integer> axes, boolean keepDims) {
    int[] result = copy();
    for (int i = 0; i < axes.size(); i++) {
      result[axes.get(i)] = keepDims ? 1 : -1;
    }
    return keepDims ? met(result, dims.length) : withoutMarked(result);
  }

  /// Returns the shape with those of the sizes that are not -1.
  private Shape withoutMarked(int[] sizes) {
    int count = 0;
    for (int i = 0; i < dims.length; i++) {
      if (sizes[i] >= 0) {
        sizes[count++] = sizes[i];
      }
    }
    return met(sizes, count);
  }

  /// Returns this shape with its axes in another order.
  ///
  /// @param order for each axis of the result, the axis of this shape it is
  public Shape permuted(List<Integer> order) {
    int[] result = sizes(order.size());
    for (int i = 0; i < order.size(); i++) {
      result[i] = dims[order.get(i)];
    }
    return met(result, order.size());
  }

  /// Returns this shape without one axis; -1 names the last.
  public Shape without(int axis) {
    int gone = axis(axis);
    int[] result = copy();
    System.arraycopy(dims, gone + 1, result, gone, dims.length - gone - 1);
    return met(result, dims.length - 1);
  }

  /// Returns the first axes of this shape.
  ///
  /// @param rank how many
  /// @throws IllegalArgumentException if there are not so many
  public Shape first(int rank) {
    if (rank < 0 || rank > dims.length) {
      throw new IllegalArgumentException("shape: wants the first " + rank + " axes of " + this);
    }
    return met(dims, rank);
  }

  /// Returns this shape with one more axis at the end.
  public Shape append(int size) {
    int[] result = sizes(dims.length + 1);
    System.arraycopy(dims, 0, result, 0, dims.length);
    result[dims.length] = size;
    return met(result, dims.length + 1);
  }

  /// Returns the shape that this one and another give together, by NumPy's rule.
  ///
  /// Shapes are aligned at their last axes; missing leading axes count as 1; two sizes agree if
  /// they are equal or if one of them is 1, and the result has the other one.
  ///
  /// @throws IllegalArgumentException if two aligned sizes differ and neither is 1
  public Shape broadcast(Shape other) {
    if (equals(other)) {
      return this;
    }
    if (other.dims.length == 0) {
      return this;
    }
    if (dims.length == 0) {
      return other;
    }
    int rank = Math.max(dims.length, other.dims.length);
    int[] result = sizes(rank);
    for (int i = 1; i <= rank; i++) {
      int a = i <= dims.length ? dims[dims.length - i] : 1;
      int b = i <= other.dims.length ? other.dims[other.dims.length - i] : 1;
      if (a != b && a != 1 && b != 1) {
        throw new IllegalArgumentException(
            "shapes "
                + this
                + " and "
                + other
                + " do not broadcast: "
                + a
                + " ≠ "
                + b
                + " at axis -"
                + i);
      }
      result[rank - i] = a == 1 ? b : a;
    }
    return met(result, rank);
  }

  /// Returns the distance in elements between neighbours along an axis of a row-major tensor.
  public int stride(int axis) {
    int stride = 1;
    for (int i = axis(axis) + 1; i < dims.length; i++) {
      stride *= dims[i];
    }
    return stride;
  }

  /// Returns the distance in elements between neighbours along each axis of a row-major tensor.
  public int[] strides() {
    int[] strides = new int[dims.length];
    int stride = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= dims[i];
    }
    return strides;
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Shape shape && Arrays.equals(dims, shape.dims));
  }

  @Override
  public int hashCode() {
    return hash(dims, dims.length);
  }

  /// Returns the sizes in brackets, such as `[32, 784]`.
  @Override
  public String toString() {
    return Arrays.toString(dims);
  }
}
