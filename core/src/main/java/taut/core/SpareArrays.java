package taut.core;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Keeps small arrays for whoever needs one of an exact length again and again: for the inputs of
/// an operation, and for what a tape notes of it.
///
/// A loop over training steps asks for the same lengths in every step, so it soon allocates none.
/// This is for one thread.
///
/// @param <T> the type of the elements
@SuppressWarnings("exports") // The annotation is for checkers; no caller needs its module.
public final class SpareArrays<T extends @Nullable Object> {
  /// Longer arrays are left to the garbage collector.
  private static final int LONGEST = 16;

  /// At most so many arrays of one length wait.
  private static final int MOST = 1 << 14;

  private final IntFunction<T[]> make;

  @SuppressWarnings({"unchecked", "rawtypes"})
  private final ArrayDeque<T[]>[] free = new ArrayDeque[LONGEST + 1];

  /// Makes an empty collection.
  ///
  /// @param make makes an array of a length
  public SpareArrays(IntFunction<T[]> make) {
    this.make = make;
    Arrays.setAll(free, length -> new ArrayDeque<>());
  }

  /// Returns an array of the given length without elements.
  public T[] take(int length) {
    T[] array = length <= LONGEST ? free[length].pollLast() : null;
    return array != null ? array : make.apply(length);
  }

  /// Empties an array that nobody will look at any more, and keeps it.
  public void give(T[] array) {
    int length = array.length;
    if (length > 0 && length <= LONGEST && free[length].size() < MOST) {
      Arrays.fill(array, null);
      free[length].addLast(array);
    }
  }
}
