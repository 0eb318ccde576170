package taut.core.ops;

import taut.core.Rearrangements;
import taut.core.Shape;
import taut.core.Tensor;

/// The walk that cumulative operations share: along one axis, each element after its predecessor.
final class Scan {
  private Scan() {}

  /// Takes the place of an element and that of its predecessor, -1 if it is the first.
  interface Step {
    void take(int index, int previous);
  }

  static void along(Shape shape, int axis, boolean reverse, Step step) {
    int count = shape.dim(axis);
    int inner = shape.strides()[axis];
    int outer = shape.size() == 0 ? 0 : shape.size() / (count * inner);
    for (int o = 0; o < outer; o++) {
      for (int c = 0; c < count; c++) {
        int at = reverse ? count - 1 - c : c;
        int before = reverse ? at + 1 : at - 1;
        for (int i = 0; i < inner; i++) {
          int start = o * count * inner + i;
          step.take(start + at * inner, c == 0 ? -1 : start + before * inner);
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
