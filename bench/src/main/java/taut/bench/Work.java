package taut.bench;

import java.util.Locale;

/// Says how much one call of a benchmark does, from which a report makes a rate.
///
/// @param amount how much of the unit one call does
/// @param unit what is counted each second, such as `GFLOP/s`
public record Work(double amount, String unit) {
  private static final double GIGA = 1e9;

  /// Counts floating-point operations; a fused multiply and add is two.
  static Work flops(double count) {
    return new Work(count / GIGA, "GFLOP/s");
  }

  /// Counts the least traffic with memory: every input read once and every output written once.
  static Work bytes(double count) {
    return new Work(count / GIGA, "GB/s");
  }

  /// Counts calls, where neither arithmetic nor traffic says much.
  static Work calls(String unit) {
    return new Work(1, unit);
  }

  /// Returns the rate of calls that take so long each, with its unit.
  String rate(double nanoseconds) {
    double rate = amount / nanoseconds * GIGA;
    return String.format(Locale.ROOT, rate < 100 ? "%.1f %s" : "%,.0f %s", rate, unit);
  }
}
