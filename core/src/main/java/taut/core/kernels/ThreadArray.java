package taut.core.kernels;

import java.lang.reflect.Array;
import java.util.function.IntFunction;

/// A scratch array of each thread, kept from one kernel call to the next, as [ThreadBuffer] keeps
/// those of floats.
///
/// @param <A> the type of the array
final class ThreadArray<A> {
  private final IntFunction<A> make;
  private final ThreadLocal<A> arrays;

  /// @param make makes an array of a length, such as `double[]::new`
  ThreadArray(IntFunction<A> make) {
    this.make = make;
    this.arrays = ThreadLocal.withInitial(() -> make.apply(0));
  }

  /// Returns this thread's array, with any content, at least so long.
  A atLeast(int length) {
    A array = arrays.get();
    if (Array.getLength(array) < length) {
      array = make.apply(length);
      arrays.set(array);
    }
    return array;
  }
}
