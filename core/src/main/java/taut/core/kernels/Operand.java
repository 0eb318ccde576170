package taut.core.kernels;

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
  /// @param spare the vector for it
  /// @throws IndexOutOfBoundsException when the elements leave the array
  /// @throws IllegalArgumentException when the step is neither 0 nor 1
  static Operand of(float[] values, int offset, int step, int length, SpareVectors spare) {
    if (step == 1) {
      Objects.checkFromIndexSize(offset, length, values.length);
      return new Operand(values, offset, 1);
    }
    if (step == 0) {
      return held(values[offset], spare);
    }
    throw new IllegalArgumentException("element-wise kernel: wanted a step of 0 or 1, got " + step);
  }

  /// Holds one value.
  static Operand held(float value, SpareVectors spare) {
    float[] vectors = SpareVectors.array();
    Lanes.all(value).intoArray(vectors, spare.offset);
    return new Operand(vectors, spare.offset, 0);
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

  /// Returns the `count` elements from `start` on, fewer than a vector has, with room for all of
  /// one.
  Operand last(int start, int count, SpareVectors spare) {
    if (step == 0) {
      return this;
    }
    float[] vectors = SpareVectors.array();
    System.arraycopy(values, offset + start, vectors, spare.offset, count);
    return new Operand(vectors, spare.offset, 1);
  }
}
