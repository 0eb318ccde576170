package taut.core.kernels;

import taut.core.FloatStorage;

/// Holds a float32 operand that may be broadcast: its array, and how it is walked. Of a uniform
/// storage one element stands for all.
///
/// @param array the array
/// @param offset where the operand begins
/// @param step how far it advances from one element of a row to the next, 0 or 1
/// @param uniform whether all elements are the one at the offset
record BroadcastOperand(float[] array, int offset, int step, boolean uniform) {
  static BroadcastOperand of(FloatStorage storage, int step, SpareVectors spare) {
    if (storage.isUniform()) {
      Operand held = Operand.held(storage.uniformValue(), spare);
      return new BroadcastOperand(held.values(), held.offset(), 0, true);
    }
    return new BroadcastOperand(storage.array(), storage.offset(), step, false);
  }

  /// Returns where the element that a plan numbers `index` stands in the array.
  int start(int index) {
    return uniform ? offset : offset + index;
  }

  /// Tells whether as many elements as given can be read from an element on.
  boolean hasRoom(int index, int length) {
    return step == 0 || offset + index <= array.length - length;
  }
}
