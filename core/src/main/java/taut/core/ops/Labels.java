package taut.core.ops;

import taut.core.IntStorage;
import taut.core.Tensor;

/// The check that indices name something.
final class Labels {
  private Labels() {}

  static void check(String op, Tensor indices, int bound) {
    int[] elements = ((IntStorage) indices.storage()).array();
    for (int i = 0; i < elements.length; i++) {
      int index = elements[i];
      if (index < 0 || index >= bound) {
        throw new IllegalArgumentException(
            op + ": index " + index + " at position " + i + " is not in 0 … " + (bound - 1));
      }
    }
  }
}
