package taut.core.kernels;

/// A simple recurrent network for FLOAT32, by blocks of samples. A step's sums are made where its
/// results stand in the end.
final class VectorSimpleRnn {
  private static final ThreadBuffer KERNEL = new ThreadBuffer();

  private final RecurrentPlan plan;
  private final int batch;
  private final int units;

  VectorSimpleRnn(RecurrentPlan plan) {
    this.plan = plan;
    this.batch = plan.batch();
    this.units = plan.units();
  }

  /// Computes the outputs, with what stands before the first step taken as 0.
  void forward(
      float[] z,
      int zStart,
      float[] kernel,
      int kernelStart,
      float[] bias,
      int biasStart,
      float[] out,
      int outStart) {
    plan.forEachBlock((first, rows) -> {
      for (int t = 0; t < plan.steps(); t++) {
        int at = (t * batch + first) * units;
        int to = outStart + at;
        GateLoops.add(rows, units, z, zStart + at, bias, biasStart, out, to);
        if (t > 0) {
          int before = to - batch * units;
          VectorMatMul.multiply(
              rows, units, units, out, before, false, kernel, kernelStart, false, out, to, true);
        }
        GateLoops.tanh(1, rows * units, out, to, rows * units);
      }
    });
  }

  /// Computes the gradient of the pre-activations from the gradient c of the outputs.
  void gradient(
      float[] kernel,
      int kernelStart,
      float[] outputs,
      int outputsStart,
      float[] c,
      int cStart,
      float[] out,
      int outStart) {
    float[] transposed = KERNEL.atLeast(units * units);
    BlockTranspose.copy(units, units, kernel, kernelStart, units, transposed, 0, units);
    plan.forEachBlock((first, rows) -> {
      for (int t = plan.steps() - 1; t >= 0; t--) {
        int at = (t * batch + first) * units;
        int to = outStart + at;
        System.arraycopy(c, cStart + at, out, to, rows * units);
        if (t + 1 < plan.steps()) {
          int after = to + batch * units;
          VectorMatMul.multiply(
              rows, units, units, out, after, false, transposed, 0, false, out, to, true);
        }
        GateLoops.tanhGradient(rows * units, outputs, outputsStart + at, out, to);
      }
    });
  }
}
