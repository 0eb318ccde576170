package taut.core;

import java.util.ArrayDeque;

/// Keeps one thread's free `float[]` buffers for reuse: allocating anew costs several times the
/// work of a memory-bound kernel.
///
/// Buffers are kept by size class, eight classes to each power of two, so a buffer is at most an
/// eighth too long. A pool holds at most [#CAPACITY] floats; what comes back beyond that goes to
/// the garbage collector.
final class BufferPool {
  /// At most this many floats wait in one thread's pool: an eighth of the largest heap.
  static final long CAPACITY = Runtime.getRuntime().maxMemory() / 8 / Float.BYTES;

  /// An array's elements start 16 bytes into the object: element 12 is the first on a 64-byte line
  /// of a line-aligned object.
  static final int ALIGNED_START = 12;

  private static final int ALIGNED_FROM = 1024;
  private static final int CLASSES = 8 * 29;

  @SuppressWarnings({"unchecked", "rawtypes"})
  private final ArrayDeque<float[]>[] free = new ArrayDeque[CLASSES];

  private long held;
  private long used;
  private long peak;
  private long made;

  /// Returns where the elements of a buffer for so many elements begin.
  static int offset(int length) {
    return length >= ALIGNED_FROM ? ALIGNED_START : 0;
  }

  /// Returns a storage of the given length, its elements undefined.
  FloatStorage take(int length) {
    return new FloatStorage(array(length), offset(length), length);
  }

  /// Returns a buffer for so many elements, which are undefined.
  float[] array(int length) {
    int sizeClass = sizeClass(length + offset(length));
    ArrayDeque<float[]> stack = free[sizeClass];
    float[] array = stack == null ? null : stack.pollLast();
    if (array == null) {
      array = new float[capacity(sizeClass)];
      made += array.length;
    } else {
      held -= array.length;
    }
    used += array.length;
    peak = Math.max(peak, used);
    return array;
  }

  /// Returns how many floats have been taken and not come back. What the garbage collector has
  /// taken meanwhile counts too, so only differences mean something.
  long used() {
    return used;
  }

  /// Returns how many floats had to be allocated because no buffer was free.
  long made() {
    return made;
  }

  /// Returns the most that were in use since the last restart.
  long peak() {
    return peak;
  }

  /// Begins to look for a peak anew.
  ///
  /// @return the peak so far, for [#endPeak]
  long restartPeak() {
    long before = peak;
    peak = used;
    return before;
  }

  /// Goes back to the search for a peak that a restart interrupted.
  void endPeak(long before) {
    peak = Math.max(peak, before);
  }

  /// Takes the buffer of a storage back, if it has one; nobody may touch it any more.
  void give(FloatStorage storage) {
    if (!storage.hasArray()) {
      return;
    }
    float[] array = storage.array();
    used -= array.length;
    int sizeClass = sizeClass(array.length);
    if (array.length != capacity(sizeClass) || held + array.length > CAPACITY) {
      return;
    }
    if (free[sizeClass] == null) {
      free[sizeClass] = new ArrayDeque<>();
    }
    free[sizeClass].addLast(array);
    held += array.length;
  }

  /// Returns the smallest class whose capacity is at least the length.
  static int sizeClass(int length) {
    if (length <= 8) {
      return 0;
    }
    int exponent = 31 - Integer.numberOfLeadingZeros(length - 1);
    int eighth = (length - 1) >>> (exponent - 3) & 7;
    return 8 * (exponent - 3) + eighth + 1;
  }

  /// Returns the length of the buffers of a class.
  static int capacity(int sizeClass) {
    if (sizeClass == 0) {
      return 8;
    }
    int exponent = (sizeClass - 1) / 8 + 3;
    int eighth = (sizeClass - 1) % 8;
    return (int) Math.min(Integer.MAX_VALUE - 8L, (9L + eighth) << (exponent - 3));
  }
}
