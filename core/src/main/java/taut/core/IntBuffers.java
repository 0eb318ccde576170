package taut.core;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/// Keeps one thread's free `int[]` buffers for reuse, by their exact lengths: batches of labels,
/// indices and places come in few lengths.
final class IntBuffers {
  /// At most this many elements wait.
  private static final long CAPACITY = BufferPool.CAPACITY / 8;

  private final Map<Integer, ArrayDeque<int[]>> free = new HashMap<>();
  private long held;

  /// Returns a buffer of the given length, its elements undefined.
  int[] take(int length) {
    ArrayDeque<int[]> stack = free.get(length);
    int[] array = stack == null ? null : stack.pollLast();
    if (array == null) {
      return new int[length];
    }
    held -= length;
    return array;
  }

  /// Takes a buffer back, which nobody may touch any more.
  void give(int[] array) {
    if (held + array.length <= CAPACITY) {
      free.computeIfAbsent(array.length, length -> new ArrayDeque<>()).addLast(array);
      held += array.length;
    }
  }
}
