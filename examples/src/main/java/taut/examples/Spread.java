package taut.examples;

import java.util.Collection;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// The mean of some runs and how far they lie apart.
///
/// @param mean the mean
/// @param deviation the standard deviation, `√(Σ(x - mean)² / n)`
/// @param count the number of runs
record Spread(double mean, double deviation, int count) {
  /// Returns mean and deviation of a value over some runs, of which there is at least one.
  static <T> Spread of(Collection<T> runs, ToDoubleFunction<T> value) {
    double mean = runs.stream().mapToDouble(value).average().orElseThrow();
    double variance =
        runs.stream().mapToDouble(value).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
    return new Spread(mean, Math.sqrt(variance), runs.size());
  }

  /// Prints mean and deviation, or for a single run its value.
  @Override
  public String toString() {
    return count == 1
        ? String.format(Locale.ROOT, "%.3f", mean)
        : String.format(Locale.ROOT, "%.3f ± %.3f", mean, deviation);
  }
}
