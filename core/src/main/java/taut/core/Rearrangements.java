package taut.core;

import java.util.ArrayList;
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

  /// Returns this with one axis at another place; the other axes keep their order.
  default Tensor moveAxis(int from, int to) {
    Shape shape = self().shape();
    int source = shape.axis("moveAxis", from);
    int target = shape.axis("moveAxis", to);
    int towards = source < target ? 1 : -1;
    int[] order =
        IntStream.range(0, shape.rank())
            .map(i -> {
              boolean between = Math.min(source, target) <= i && i <= Math.max(source, target);
              return i == target ? source : between ? i + towards : i;
            })
            .toArray();
    return source == target ? self() : transpose(order);
  }

  /// Returns this with two axes exchanged.
  default Tensor swapAxes(int first, int second) {
    Shape shape = self().shape();
    int a = shape.axis("swapAxes", first);
    int b = shape.axis("swapAxes", second);
    return a == b ? self() : Transpose.exchanging(shape.rank(), a, b).apply(self());
  }

  /// Returns this with axes of size 1 inserted, which are the given axes of the result; -1 puts one
  /// last.
  default Tensor expandDims(int... axes) {
    int[] dims = new int[self().rank() + axes.length];
    int[] inserted = axes.length == 0 ? axes : Shape.of(dims).axes("expandDims", axes);
    int next = 0;
    for (int i = 0; i < dims.length; i++) {
      dims[i] = Arrays.binarySearch(inserted, i) >= 0 ? 1 : self().dim(next++);
    }
    return reshape(Shape.of(dims));
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

  /// Returns this without one axis, which must have size 1.
  default Tensor squeeze(int axis) {
    Shape shape = self().shape();
    int gone = shape.axis("squeeze", axis);
    if (shape.dim(gone) != 1) {
      throw new IllegalArgumentException(
          "squeeze: axis " + axis + " of " + shape + " has size " + shape.dim(gone) + ", not 1");
    }
    return reshape(shape.without(gone));
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

  /// Returns this with the order along the given axes reversed, or along all when none is named.
  default Tensor flip(int... axes) {
    int[] turned = self().shape().axes("flip", axes);
    return turned.length == 0 ? self() : Slice.backwards(self().shape(), turned).apply(self());
  }

  /// Returns this moved along an axis by some positions towards the end; what leaves it comes in
  /// again at the beginning.
  default Tensor roll(int axis, int by) {
    int at = self().shape().axis("roll", axis);
    int dim = self().dim(at);
    int cut = dim == 0 ? 0 : Math.floorMod(-(long) by, dim);
    return cut == 0 ? self() : concat(at, self().slice(at, cut, dim), self().slice(at, 0, cut));
  }

  /// Returns this moved along several axes, by one number of positions for each; an axis may be
  /// named more than once.
  default Tensor roll(int[] axes, int[] by) {
    if (axes.length != by.length) {
      throw new IllegalArgumentException(
          "roll: wants one number of positions for each of the axes "
              + Arrays.toString(axes)
              + ", got "
              + Arrays.toString(by));
    }
    Tensor result = self();
    for (int i = 0; i < axes.length; i++) {
      result = result.roll(axes[i], by[i]);
    }
    return result;
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

  /// Returns the parts of this along an axis, of the given sizes; one size may be -1 and is worked
  /// out from the others.
  ///
  /// @throws IllegalArgumentException if the sizes do not add up to that of the axis
  default List<Tensor> split(int axis, int[] sizes) {
    int at = self().shape().axis("split", axis);
    int rest = self().dim(at) - IntStream.of(sizes).filter(size -> size != -1).sum();
    long unknown = IntStream.of(sizes).filter(size -> size == -1).count();
    boolean fits = unknown == 0 ? rest == 0 : unknown == 1 && rest >= 0;
    if (!fits || IntStream.of(sizes).anyMatch(size -> size < -1)) {
      throw new IllegalArgumentException(
          "split: axis "
              + axis
              + " of "
              + self().shape()
              + " does not make parts of the sizes "
              + Arrays.toString(sizes));
    }
    List<Tensor> parts = new ArrayList<>();
    int begin = 0;
    for (int size : sizes) {
      int end = begin + (size == -1 ? rest : size);
      parts.add(self().slice(at, begin, end));
      begin = end;
    }
    return List.copyOf(parts);
  }

  /// Returns the slices along an axis, without that axis.
  default List<Tensor> unstack(int axis) {
    int at = self().shape().axis("unstack", axis);
    return IntStream.range(0, self().dim(at))
        .mapToObj(i -> self().slice(at, i, i + 1).squeeze(at))
        .toList();
  }

  /// Returns this repeated as a whole, a number of times along each axis.
  ///
  /// Where there are fewer counts than axes, they are those of the last axes; where there are more,
  /// this gets leading axes of size 1, as in NumPy.
  default Tensor tile(int... times) {
    if (IntStream.of(times).anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException(
          "tile: wants counts of 0 or more, got " + Arrays.toString(times));
    }
    Tensor result = self();
    while (result.rank() < times.length) {
      result = result.expandDims(0);
    }
    int lead = result.rank() - times.length;
    for (int i = 0; i < times.length; i++) {
      int axis = lead + i;
      int dim = result.dim(axis);
      Shape between = result.expandDims(axis).shape().with(axis, times[i]);
      result =
          result
              .expandDims(axis)
              .broadcastTo(between)
              .reshape(result.shape().with(axis, dim * times[i]));
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

  /// Returns this with each element along an axis repeated by a count of its own.
  default Tensor repeat(int axis, int[] times) {
    int at = self().shape().axis("repeat", axis);
    if (times.length != self().dim(at) || IntStream.of(times).anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException(
          "repeat: wants a count of 0 or more for each element along axis "
              + axis
              + " of "
              + self().shape()
              + ", got "
              + Arrays.toString(times));
    }
    int[] positions =
        IntStream.range(0, times.length)
            .flatMap(i -> IntStream.generate(() -> i).limit(times[i]))
            .toArray();
    return self().gather(Tensor.of(Shape.of(positions.length), positions), at);
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
    int at = Shape.of(new int[parts[0].rank() + 1]).axis("stack", axis);
    return concat(at, Stream.of(parts).map(part -> part.expandDims(at)).toArray(Tensor[]::new));
  }
}
