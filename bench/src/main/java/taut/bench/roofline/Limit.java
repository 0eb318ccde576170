package taut.bench.roofline;

/// What the machine can do at most, on one core.
public enum Limit {
  /// Fused multiply-adds in registers.
  MULTIPLY_ADD(
      "fused multiply-adds",
      new Workload(
          LimitLoops.flops(Limit.STEPS), 0, () -> () -> LimitLoops.multiplyAdds(Limit.STEPS, 1f))),

  /// Reading 256 KB again and again, from the second cache.
  READ_NEAR(
      "reading 256 KB (second cache)",
      Workload.ofElements(
          Limit.NEAR,
          1,
          1,
          () -> {
            float[] x = new float[Limit.NEAR];
            return () -> LimitLoops.read(x);
          })),

  /// Reading an array that no cache holds.
  READ(
      "reading 40 MB",
      Workload.ofElements(
          Limit.FAR,
          1,
          1,
          () -> {
            float[] x = new float[Limit.FAR];
            return () -> LimitLoops.read(x);
          })),

  /// Copying such an array.
  COPY(
      "copying 40 MB",
      Workload.ofElements(
          Limit.FAR,
          0,
          2,
          () -> {
            float[] x = new float[Limit.FAR];
            float[] y = new float[Limit.FAR];
            return () -> LimitLoops.copy(x, y);
          })),

  /// Adding such an array to another, in place.
  UPDATE(
      "updating 40 MB in place",
      Workload.ofElements(
          Limit.FAR,
          2,
          3,
          () -> {
            float[] x = new float[Limit.FAR];
            float[] y = new float[Limit.FAR];
            return () -> LimitLoops.triad(x, y, x);
          })),

  /// Reading two such arrays and writing a third.
  TRIAD(
      "triad of 40 MB each",
      Workload.ofElements(
          Limit.FAR,
          2,
          3,
          () -> {
            float[] x = new float[Limit.FAR];
            float[] y = new float[Limit.FAR];
            float[] z = new float[Limit.FAR];
            return () -> LimitLoops.triad(x, y, z);
          }));

  private static final int STEPS = 100_000;
  private static final int NEAR = 1 << 16;
  private static final int FAR = 10_000_000;

  private final String label;
  private final Workload workload;

  Limit(String label, Workload workload) {
    this.label = label;
    this.workload = workload;
  }

  /// Returns what a table calls it.
  public String label() {
    return label;
  }

  /// Returns what is measured.
  public Workload workload() {
    return workload;
  }
}
