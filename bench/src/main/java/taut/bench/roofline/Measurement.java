package taut.bench.roofline;

/// How long a call of a workload took.
public record Measurement(String label, Workload workload, double nanoseconds) {
  /// Returns the arithmetic in GFLOP/s.
  public double gigaflops() {
    return workload.flops() / nanoseconds;
  }

  /// Returns the traffic in GB/s.
  public double gigabytes() {
    return workload.bytes() / nanoseconds;
  }

  /// Returns the operations for each byte of traffic: where the kernel stands in the picture.
  public double intensity() {
    return workload.flops() / workload.bytes();
  }
}
