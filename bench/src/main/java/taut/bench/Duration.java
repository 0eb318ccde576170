package taut.bench;

import java.util.Locale;

/// Writes times for reports.
public final class Duration {
  private Duration() {}

  /// Returns a time in the unit that leaves one to three digits before the point.
  public static String shown(double nanoseconds) {
    if (nanoseconds < 1e3) {
      return String.format(Locale.ROOT, "%.1f ns", nanoseconds);
    }
    return nanoseconds < 1e6
        ? String.format(Locale.ROOT, "%.2f µs", nanoseconds / 1e3)
        : String.format(Locale.ROOT, "%.2f ms", nanoseconds / 1e6);
  }
}
