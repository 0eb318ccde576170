package taut.core.kernels;

import java.util.Arrays;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;

/// Holds one argument of an element-wise function: element i is `values[offset + step·i]`.
///
/// @param values the array
/// @param offset where the argument begins
/// @param step 1, or 0 for a scalar, of which the array then holds a whole vector
record Operand(float[] values, int offset, int step) {

  /// Makes an operand of `length` elements.
  ///
  /// A scalar is copied to a vector of its own, so that one loop serves both steps.
  ///
  /// @throws IndexOutOfBoundsException when the elements leave the array
  /// @throws IllegalArgumentException when the step is neither 0 nor 1
  static Operand of(float[] values, int offset, int step, int length) {
    if (step == 1) {
      Objects.checkFromIndexSize(offset, length, values.length);
      return new Operand(values, offset, 1);
    }
    if (step == 0) {
      float[] held = new float[Lanes.COUNT];
      Arrays.fill(held, values[offset]);
      return new Operand(held, 0, 0);
    }
    throw new IllegalArgumentException("element-wise kernel: wanted a step of 0 or 1, got " + step);
  }

  /// Loads the vector of the elements from i on.
  FloatVector load(int i) {
    return Lanes.load(values, offset + step * i);
  }

  /// Returns element i.
  float get(int i) {
    return values[offset + step * i];
  }

  /// Returns what is left from element `start` on.
  Operand from(int start) {
    return new Operand(values, offset + step * start, step);
  }

  /// Returns a copy of the first `count` elements with room for a whole vector.
  Operand padded(int count) {
    float[] copy = new float[Lanes.COUNT];
    System.arraycopy(values, offset, copy, 0, count);
    return new Operand(copy, 0, 1);
  }
}
