package taut.regularizers;

/// Checks the strength of a penalty, its λ.
final class Strength {
  private Strength() {}

  /// Returns the value if it is finite and not negative.
  ///
  /// @throws IllegalArgumentException otherwise; the message names the regularizer, what it wants
  ///   and what it got
  static double check(String regularizer, String name, double value) {
    // NaN fails the comparison too.
    if (!(value >= 0) || value == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          regularizer + ": " + name + " must be a finite number that is 0 or more, got " + value);
    }
    return value;
  }
}
