package taut.core;

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

  /// The free arrays by length, each in the place from which it was taken last: what stands there
  /// already is not written again, since under G1 a reference written to an old array costs a
  /// memory fence.
  @SuppressWarnings({"unchecked", "rawtypes"})
  private final T[][][] free = (T[][][]) new Object[LONGEST + 1][][];

  private final int[] counts = new int[LONGEST + 1];

  /// Makes an empty collection.
  ///
  /// @param make makes an array of a length
  @SuppressWarnings("unchecked")
  public SpareArrays(IntFunction<T[]> make) {
    this.make = make;
    Arrays.setAll(free, length -> (T[][]) new Object[4][]);
  }

  /// Returns an array of the given length, with nulls or what [#giveFull] left in it.
  public T[] take(int length) {
    if (length > LONGEST || counts[length] == 0) {
      return make.apply(length);
    }
    return free[length][--counts[length]];
  }

  /// Empties an array that nobody will look at any more, and keeps it.
  public void give(T[] array) {
    Arrays.fill(array, null);
    giveFull(array);
  }

  /// Keeps an array that nobody will look at any more, with what is in it, which stays alive.
  public void giveFull(T[] array) {
    int length = array.length;
    if (length == 0 || length > LONGEST || counts[length] == MOST) {
      return;
    }
    int count = counts[length]++;
    if (count == free[length].length) {
      free[length] = Arrays.copyOf(free[length], 2 * count);
    }
    if (free[length][count] != array) {
      free[length][count] = array;
    }
  }
}
