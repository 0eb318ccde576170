package taut.core.ops;

import taut.core.Storage;
import taut.core.Tensor;

/// The check that indices name something.
final class Labels {
  private Labels() {}

  static void check(String op, Tensor indices, int bound) {
    Storage storage = indices.storage();
    for (int i = 0; i < storage.length(); i++) {
      int index = (int) storage.get(i);
      if (index < 0 || index >= bound) {
        throw new IllegalArgumentException(
            op + ": index " + index + " at position " + i + " is not in 0 … " + (bound - 1));
      }
    }
  }
}
