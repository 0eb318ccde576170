package taut.core.kernels;

import java.util.Arrays;

/// A scratch array of each thread, kept from one kernel call to the next: allocating and zeroing it
/// anew would cost more than many a small product.
final class ThreadBuffer {
  /// Where aligned data starts. The elements of an array begin 16 bytes into the object, and a
  /// large object usually begins at a cache line: twelve floats on, 64-byte loads stay within a
  /// line.
  static final int ALIGNED = 12;

  private final ThreadLocal<float[]> arrays = ThreadLocal.withInitial(() -> new float[0]);

  /// Returns this thread's array, at least so long, with zeros up to that length.
  float[] zeros(int length) {
    float[] array = atLeast(length);
    Arrays.fill(array, 0, length, 0f);
    return array;
  }

  /// Returns this thread's array, with any content, at least so long.
  float[] atLeast(int length) {
    float[] array = arrays.get();
    if (array.length < length) {
      array = new float[length];
      arrays.set(array);
    }
    return array;
  }
}
