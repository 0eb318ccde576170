package taut.optim;

/// One rate for all steps.
///
/// @param rate the rate, 0 or more
record ConstantSchedule(double rate) implements Schedule {
  ConstantSchedule {
    Settings.requireAtLeast(0, rate, "learning rate");
  }

  @Override
  public double at(long step) {
    return rate;
  }

  @Override
  public String toString() {
    return Double.toString(rate);
  }
}
