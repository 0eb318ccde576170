package taut.training.plots;

import java.util.stream.DoubleStream;

/// What an axis shows.
///
/// @param low the value at its beginning
/// @param high the value at its end, larger than `low`
record Range(double low, double high) {
  /// Returns the range of the finite values with a share of it added at both ends.
  static Range around(DoubleStream values, double margin) {
    double[] finite = values.filter(Double::isFinite).toArray();
    double low = DoubleStream.of(finite).min().orElse(0);
    double high = DoubleStream.of(finite).max().orElse(1);
    double width = high > low ? high - low : 1;
    return new Range(low - margin * width, high + margin * width);
  }

  /// Returns a range from 0 to a value and a little beyond both, so that the axis has room for the
  /// labels of its ends.
  static Range fromZeroTo(double high) {
    return new Range(-0.015 * high, 1.05 * high);
  }

  /// Returns the pattern of the numbers along the axis, as [java.text.DecimalFormat] reads it.
  String decimalPattern() {
    double width = high - low;
    return width > 4 ? "#,##0.##" : width > 0.5 ? "0.0##" : "0.00##";
  }

  /// Returns a value of the range: `low` at share 0, `high` at 1.
  double at(double share) {
    return low + share * (high - low);
  }
}
