package taut.layers;

import java.util.Arrays;
import taut.core.Shape;
import taut.core.ops.Window;

/// How layers make the [Window] they move over their input from their arguments.
final class Windows {
  private Windows() {}

  /// Makes a window that moves by 1, without gaps and padding.
  ///
  /// @param what the argument's name, for the message
  /// @param axes over how many spatial axes it moves
  /// @param sizes one number for each, or one for all
  static Window of(Class<?> layer, String what, int axes, int... sizes) {
    checkCount(layer, what, axes, sizes);
    int[] all = sizes.clone();
    if (sizes.length != axes) {
      all = new int[axes];
      Arrays.fill(all, sizes[0]);
    }
    return Window.of(all);
  }

  /// Fails unless there is one positive number for each spatial axis, or one for all.
  static void checkCount(Class<?> layer, String what, int axes, int... numbers) {
    boolean fits = numbers.length == 1 || numbers.length == axes;
    if (!fits || Arrays.stream(numbers).anyMatch(n -> n < 1)) {
      throw new IllegalArgumentException(
          layer.getSimpleName()
              + ": "
              + what
              + " wants 1 or "
              + axes
              + " positive numbers, got "
              + Arrays.toString(numbers));
    }
  }

  /// Fails unless an input has the axes that the window moves over.
  static void checkRank(Class<?> layer, Window window, Shape input) {
    int rank = window.size().size() + 2;
    if (input.rank() != rank) {
      throw new IllegalArgumentException(
          layer.getSimpleName()
              + ": wants an input of rank "
              + rank
              + ", [batch, spatial..., channels], got "
              + input);
    }
  }
}
