package taut.bench.roofline;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// What the limits allow: arithmetic up to the peak, or what the traffic feeds, whichever is less.
///
/// @param peak GFLOP/s in registers
/// @param near GB/s read from the second cache
/// @param far GB/s to and from memory: the best that reading, copying or updating reaches
record Roof(double peak, double near, double far) {
  private static final Set<Limit> FAR =
      EnumSet.of(Limit.READ, Limit.COPY, Limit.UPDATE, Limit.TRIAD);

  static Roof of(Map<Limit, Measurement> limits) {
    return new Roof(
        limit(limits, Limit.MULTIPLY_ADD).gigaflops(),
        limit(limits, Limit.READ_NEAR).gigabytes(),
        FAR.stream().mapToDouble(limit -> limit(limits, limit).gigabytes()).max().orElseThrow());
  }

  private static Measurement limit(Map<Limit, Measurement> limits, Limit limit) {
    Measurement measurement = limits.get(limit);
    if (measurement == null) {
      throw new IllegalArgumentException("roofline: the limit " + limit + " was not measured");
    }
    return measurement;
  }

  /// Returns the most GFLOP/s of a kernel with so many operations a byte whose data come from
  /// memory.
  double at(double intensity) {
    return Math.min(peak, intensity * far);
  }
}
