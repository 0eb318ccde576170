package taut.core.ops;

import taut.core.IntStorage;
import taut.core.NoDerivativeException;
import taut.core.Op;
import taut.core.Tensor;

/// The checks of indices and labels.
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

  /// Fails if a derivative is asked for with respect to labels, which are input 1.
  static void checkNotLabels(Op op, int input) {
    if (input == 1) {
      throw new NoDerivativeException(op, "labels are whole numbers");
    }
  }
}
