package taut.optim;

/// The checks of the numbers that optimizers are set up with.
final class Settings {
  private Settings() {}

  static double requireAtLeast(double least, double value, String name) {
    if (!(value >= least && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + ": must be finite and at least " + least + ", got " + value);
    }
    return value;
  }

  static double requirePositive(double value, String name) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + ": must be finite and above 0, got " + value);
    }
    return value;
  }

  /// Checks a share that is kept from step to step: kept entirely, nothing new would ever come in.
  static double requireShare(double value, String name) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + ": must be at least 0 and below 1, got " + value);
    }
    return value;
  }
}
