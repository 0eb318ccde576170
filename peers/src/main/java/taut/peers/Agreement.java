package taut.peers;

import java.util.Locale;

/// Compares a library's result with Taut's.
final class Agreement {
  private Agreement() {}

  /// Throws unless both have equally many numbers and no two differ by more than the tolerance
  /// times the largest expected one. A NaN agrees with nothing.
  static void check(String what, float[] expected, float[] actual, double tolerance) {
    if (expected.length != actual.length) {
      throw new IllegalStateException(
          "peers: "
              + what
              + " gave "
              + actual.length
              + " numbers where Taut has "
              + expected.length);
    }
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs(expected[i] - actual[i]);
      if (!(difference <= tolerance * largest)) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "peers: %s gave %s at %d where Taut has %s; allowed is a difference of %.1e",
                what,
                actual[i],
                i,
                expected[i],
                tolerance * largest));
      }
    }
  }
}
