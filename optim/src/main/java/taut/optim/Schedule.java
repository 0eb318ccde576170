package taut.optim;

/// Gives the learning rate of each step, such as `step -> 0.1 / (1 + step)`.
@FunctionalInterface
public interface Schedule {
  /// Returns the rate of a step, counted from 0.
  double at(long step);

  /// Returns the schedule that never changes.
  ///
  /// @throws IllegalArgumentException if the rate is negative, infinite or NaN
  static Schedule constant(double rate) {
    return new ConstantSchedule(rate);
  }
}
