package taut.core;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import taut.core.ops.BroadcastTo;
import taut.core.ops.Concat;
import taut.core.ops.Reshape;
import taut.core.ops.Slice;
import taut.core.ops.Transpose;

/// The same elements in another arrangement.
public sealed interface Rearrangements permits Tensor {
  /// Returns this as a tensor.
  Tensor self();

  /// Returns the elements, in their order, under another shape; one size may be -1 and is worked
  /// out from the others.
  default Tensor reshape(int... dims) {
    return reshape(Reshape.resolve(self().shape(), dims));
  }

  /// Returns the elements, in their order, under another shape; the storage is shared.
  default Tensor reshape(Shape shape) {
    return shape.equals(self().shape()) ? self() : new Reshape(shape).apply(self());
  }

  /// Returns this with the axes in a new order; without arguments the order is reversed.
  ///
  /// @param order for each axis of the result, the axis of this tensor it is
  default Tensor transpose(int... order) {
    Tensor x = self();
    int[] all =
        order.length == 0
            ? IntStream.range(0, x.rank()).map(i -> x.rank() - 1 - i).toArray()
            : order;
    return Transpose.of(x.shape(), all).apply(x);
  }

  /// Returns this with an axis of size 1 inserted before the given one; -1 puts it last.
  default Tensor expandDims(int axis) {
    int[] dims = self().shape().toArray();
    int at = Shape.of(new int[dims.length + 1]).axis("expandDims", axis);
    return reshape(
        Shape.of(
            IntStream.range(0, dims.length + 1)
                .map(i -> i < at ? dims[i] : i == at ? 1 : dims[i - 1])
                .toArray()));
  }

  /// Returns this without the given axes, which must have size 1; without arguments all axes of
  /// size 1 go.
  default Tensor squeeze(int... axes) {
    Shape shape = self().shape();
    int[] gone =
        axes.length == 0
            ? IntStream.range(0, shape.rank()).filter(i -> shape.dim(i) == 1).toArray()
            : IntStream.of(axes).map(axis -> shape.axis("squeeze", axis)).sorted().toArray();
    for (int axis : gone) {
      if (shape.dim(axis) != 1) {
        throw new IllegalArgumentException(
            "squeeze: axis " + axis + " of " + shape + " has size " + shape.dim(axis) + ", not 1");
      }
    }
    return reshape(shape.reduced(gone, false));
  }

  /// Returns this repeated along axes of size 1, and along new leading axes, so that it has the
  /// given shape.
  default Tensor broadcastTo(Shape shape) {
    return shape.equals(self().shape()) ? self() : new BroadcastTo(shape).apply(self());
  }

  /// Returns the elements from begin up to, not including, end along one axis; negative positions
  /// count from the end.
  default Tensor slice(int axis, int begin, int end) {
    return Slice.along(self().shape(), axis, begin, end).apply(self());
  }

  /// Returns every step-th element along one axis, beginning at begin and ending before end; a
  /// negative step goes backwards.
  ///
  /// Both ends are positions from 0; going backwards, an end of -1 includes position 0.
  default Tensor slice(int axis, int begin, int end, int step) {
    return Slice.stepping(self().shape(), axis, begin, end, step).apply(self());
  }

  /// Returns this with the order along an axis reversed.
  default Tensor flip(int axis) {
    int at = self().shape().axis("flip", axis);
    return slice(at, self().dim(at) - 1, -1, -1);
  }

  /// Returns this moved along an axis by some positions towards the end; what leaves it comes in
  /// again at the beginning.
  default Tensor roll(int axis, int by) {
    int at = self().shape().axis("roll", axis);
    int dim = self().dim(at);
    int cut = dim == 0 ? 0 : Math.floorMod(-(long) by, dim);
    return cut == 0 ? self() : concat(at, self().slice(at, cut, dim), self().slice(at, 0, cut));
  }

  /// Returns the parts of this along an axis, all of one size.
  ///
  /// @throws IllegalArgumentException if the axis cannot be cut into so many equal parts
  default List<Tensor> split(int axis, int parts) {
    int at = self().shape().axis("split", axis);
    int dim = self().dim(at);
    if (parts < 1 || dim % parts != 0) {
      throw new IllegalArgumentException(
          "split: axis "
              + axis
              + " of "
              + self().shape()
              + " does not make "
              + parts
              + " equal parts");
    }
    int size = dim / parts;
    return IntStream.range(0, parts)
        .mapToObj(i -> self().slice(at, i * size, (i + 1) * size))
        .toList();
  }

  /// Returns the slices along an axis, without that axis.
  default List<Tensor> unstack(int axis) {
    int at = self().shape().axis("unstack", axis);
    return IntStream.range(0, self().dim(at))
        .mapToObj(i -> self().slice(at, i, i + 1).squeeze(at))
        .toList();
  }

  /// Returns this repeated as a whole, a number of times along each axis.
  default Tensor tile(int... times) {
    Tensor result = self();
    if (times.length != result.rank() || IntStream.of(times).anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException(
          "tile: wants one count of 0 or more for each axis of "
              + result.shape()
              + ", got "
              + Arrays.toString(times));
    }
    for (int axis = 0; axis < times.length; axis++) {
      int dim = result.dim(axis);
      Shape between = result.expandDims(axis).shape().with(axis, times[axis]);
      result =
          result
              .expandDims(axis)
              .broadcastTo(between)
              .reshape(result.shape().with(axis, dim * times[axis]));
    }
    return result;
  }

  /// Returns this with each element along an axis repeated.
  default Tensor repeat(int axis, int times) {
    int at = self().shape().axis("repeat", axis);
    if (times < 0) {
      throw new IllegalArgumentException("repeat: wants a count of 0 or more, got " + times);
    }
    Tensor column = self().expandDims(at + 1);
    return column
        .broadcastTo(column.shape().with(at + 1, times))
        .reshape(self().shape().with(at, self().dim(at) * times));
  }

  /// Returns this with a constant before and after it along an axis.
  default Tensor pad(int axis, int before, int after, double value) {
    Shape shape = self().shape();
    int at = padded("pad", axis, before, after);
    Tensor head = Tensor.full(shape.with(at, before), value, self().dtype());
    Tensor tail = Tensor.full(shape.with(at, after), value, self().dtype());
    return before + after == 0 ? self() : concat(at, head, self(), tail);
  }

  /// Returns this with its mirror image before and after it along an axis; the outermost element is
  /// the mirror and not repeated.
  ///
  /// @throws IllegalArgumentException if the axis is not longer than the padding
  default Tensor padReflect(int axis, int before, int after) {
    int at = padded("padReflect", axis, before, after);
    int dim = self().dim(at);
    if (before >= dim || after >= dim) {
      throw new IllegalArgumentException(
          "padReflect: the padding must be less than axis "
              + axis
              + " of "
              + self().shape()
              + ", got "
              + before
              + ", "
              + after);
    }
    Tensor head = self().slice(at, before, 0, -1);
    Tensor tail = self().slice(at, dim - 2, dim - 2 - after, -1);
    return concat(at, head, self(), tail);
  }

  /// Returns this with its outermost elements repeated before and after it along an axis.
  default Tensor padEdge(int axis, int before, int after) {
    int at = padded("padEdge", axis, before, after);
    int dim = self().dim(at);
    if (dim == 0) {
      throw new IllegalArgumentException(
          "padEdge: axis " + axis + " of " + self().shape() + " has no edge");
    }
    Tensor head = self().slice(at, 0, 1).repeat(at, before);
    Tensor tail = self().slice(at, dim - 1, dim).repeat(at, after);
    return concat(at, head, self(), tail);
  }

  private int padded(String op, int axis, int before, int after) {
    int at = self().shape().axis(op, axis);
    if (before < 0 || after < 0) {
      throw new IllegalArgumentException(
          op + ": wants paddings of 0 or more, got " + before + " and " + after);
    }
    return at;
  }

  /// Joins tensors along an axis; all other sizes must be equal.
  static Tensor concat(int axis, Tensor... parts) {
    return Concat.of(axis, parts).apply(parts);
  }

  /// Joins tensors of one shape along a new axis.
  static Tensor stack(int axis, Tensor... parts) {
    if (parts.length == 0) {
      throw new IllegalArgumentException("stack: wants at least one tensor, got none");
    }
    for (Tensor part : parts) {
      if (!part.spec().equals(parts[0].spec())) {
        throw new IllegalArgumentException(
            "stack: wants tensors alike, got " + parts[0].spec() + " and " + part.spec());
      }
    }
    return concat(axis, Stream.of(parts).map(part -> part.expandDims(axis)).toArray(Tensor[]::new));
  }
}
