package taut.core;

import java.util.Arrays;
import java.util.function.BiFunction;

/// A tensor with something around it: a constant, its mirror image, or its outermost elements.
public sealed interface Paddings permits Tensor {
  /// Returns this as a tensor.
  Tensor self();

  /// Returns this with a constant before and after it along an axis.
  default Tensor pad(int axis, int before, int after, double value) {
    Shape shape = self().shape();
    int at = padded("pad", axis, before, after);
    Tensor head = Tensor.full(shape.with(at, before), value, self().dtype());
    Tensor tail = Tensor.full(shape.with(at, after), value, self().dtype());
    return before + after == 0 ? self() : Rearrangements.concat(at, head, self(), tail);
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
    return Rearrangements.concat(at, head, self(), tail);
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
    return Rearrangements.concat(at, head, self(), tail);
  }

  /// Returns this with a constant before and after it along every axis.
  ///
  /// @param paddings `{before, after}` for each axis
  default Tensor pad(int[][] paddings, double value) {
    return eachAxis(
        "pad", paddings, (x, axis) -> x.pad(axis, paddings[axis][0], paddings[axis][1], value));
  }

  /// Returns this with its mirror image around it, as [#padReflect(int, int, int)] does along one
  /// axis after the other.
  ///
  /// @param paddings `{before, after}` for each axis
  default Tensor padReflect(int[][] paddings) {
    return eachAxis(
        "padReflect",
        paddings,
        (x, axis) -> x.padReflect(axis, paddings[axis][0], paddings[axis][1]));
  }

  /// Returns this with its outermost elements repeated around it, as [#padEdge(int, int, int)] does
  /// along one axis after the other.
  ///
  /// @param paddings `{before, after}` for each axis
  default Tensor padEdge(int[][] paddings) {
    return eachAxis(
        "padEdge", paddings, (x, axis) -> x.padEdge(axis, paddings[axis][0], paddings[axis][1]));
  }

  private Tensor eachAxis(String op, int[][] paddings, BiFunction<Tensor, Integer, Tensor> pad) {
    Tensor result = self();
    if (paddings.length != result.rank()
        || Arrays.stream(paddings).anyMatch(padding -> padding.length != 2)) {
      throw new IllegalArgumentException(
          op
              + ": wants {before, after} for each axis of "
              + result.shape()
              + ", got "
              + Arrays.deepToString(paddings));
    }
    for (int axis = 0; axis < paddings.length; axis++) {
      if (paddings[axis][0] != 0 || paddings[axis][1] != 0) {
        result = pad.apply(result, axis);
      }
    }
    return result;
  }

  private int padded(String op, int axis, int before, int after) {
    int at = self().shape().axis(op, axis);
    if (before < 0 || after < 0) {
      throw new IllegalArgumentException(
          op + ": wants paddings of 0 or more, got " + before + " and " + after);
    }
    return at;
  }
}
