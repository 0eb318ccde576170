package taut.core.ops;

import java.util.Arrays;
import taut.core.Rearrangements;
import taut.core.Shape;
import taut.core.Storage;
import taut.core.Tensor;

/// The walk that cumulative operations share: along one axis, each element after its predecessor.
///
/// What is carried from element to element is a double, so that rounding to the element type does
/// not add up.
final class Scan {
  private Scan() {}

  /// Returns a result from the one before it, the place of its element and that of the element's
  /// predecessor, -1 if it is the first.
  interface Step {
    double take(double before, int index, int previous);
  }

  /// Fills `out`, whose results have the given shape; `start` stands before the first of each run.
  static void along(Shape shape, int axis, boolean reverse, double start, Storage out, Step step) {
    int count = shape.dim(axis);
    int inner = shape.stride(axis);
    int outer = shape.size() == 0 ? 0 : shape.size() / (count * inner);
    double[] carried = new double[inner];
    for (int o = 0; o < outer; o++) {
      Arrays.fill(carried, start);
      for (int c = 0; c < count; c++) {
        int at = reverse ? count - 1 - c : c;
        int before = reverse ? at + 1 : at - 1;
        for (int i = 0; i < inner; i++) {
          int first = o * count * inner + i;
          int index = first + at * inner;
          carried[i] = step.take(carried[i], index, c == 0 ? -1 : first + before * inner);
          out.set(index, carried[i]);
        }
      }
    }
  }

  /// Returns, at each element, its predecessor, and 0 at the first.
  static Tensor previous(Tensor x, int axis, boolean reverse) {
    int count = x.dim(axis);
    if (count == 0) {
      return x;
    }
    Tensor zero = Tensor.full(x.shape().with(axis, 1), 0, x.dtype());
    return reverse
        ? Rearrangements.concat(axis, x.slice(axis, 1, count), zero)
        : Rearrangements.concat(axis, zero, x.slice(axis, 0, count - 1));
  }
}
