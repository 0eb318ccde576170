package taut.bench.roofline;

import java.util.function.Supplier;

/// Something to be measured, and how much one call of it does.
///
/// A fused multiply-add is two operations; every other operation on a float is one, divisions and
/// roots included; comparisons, selections and operations on bits are none.
///
/// @param flops the floating-point operations of a call
/// @param bytes the least traffic of a call: every input read once, every output written once
/// @param prepare makes the data, and returns what to call
public record Workload(double flops, double bytes, Supplier<Supplier<Object>> prepare) {
  /// Returns the workload that does so many operations and moves so many floats for each element.
  static Workload ofElements(
      long elements, double flopsEach, double floatsEach, Supplier<Supplier<Object>> prepare) {
    return new Workload(elements * flopsEach, elements * floatsEach * Float.BYTES, prepare);
  }
}
