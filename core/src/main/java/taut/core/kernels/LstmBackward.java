package taut.core.kernels;

/// The way back through the steps of a long short-term memory, by blocks of samples.
final class LstmBackward {
  private static final ThreadBuffer KERNEL = new ThreadBuffer();
  private static final ThreadBuffer CELL_GRADIENT = new ThreadBuffer();
  private static final ThreadBuffer OUTPUT_GRADIENT = new ThreadBuffer();
  private static final ThreadBuffer BENT = new ThreadBuffer();

  private final RecurrentPlan plan;
  private final int batch;
  private final int units;
  private final int width;

  LstmBackward(RecurrentPlan plan) {
    this.plan = plan;
    this.batch = plan.batch();
    this.units = plan.units();
    this.width = plan.width();
  }

  /// Computes the gradient of the pre-activations from the gradient c of the outputs.
  void gradient(
      float[] kernel,
      int kernelStart,
      float[] gates,
      int gatesStart,
      float[] cells,
      int cellsStart,
      float[] c,
      int cStart,
      float[] out,
      int outStart) {
    float[] transposed = KERNEL.atLeast(width * units);
    BlockTranspose.copy(units, width, kernel, kernelStart, width, transposed, 0, units);
    plan.forEachBlock((first, rows) -> {
      float[] zeros = LstmForward.zeros(rows * units);
      float[] cellGradient = CELL_GRADIENT.zeros(rows * units);
      float[] outputGradient = OUTPUT_GRADIENT.atLeast(rows * units);
      float[] bent = BENT.atLeast(rows * units);
      for (int t = plan.steps() - 1; t >= 0; t--) {
        int row = t * batch + first;
        int gate = gatesStart + row * width;
        int cell = cellsStart + row * units;
        int to = outStart + row * width;
        System.arraycopy(c, cStart + row * units, outputGradient, 0, rows * units);
        if (t + 1 < plan.steps()) {
          int after = to + batch * width;
          VectorMatMul.multiply(
              rows, units, width, out, after, false, transposed, 0, false, outputGradient, 0, true);
        }
        LstmLoops.bend(rows * units, cells, cell, bent);
        float[] old = t > 0 ? cells : zeros;
        int oldStart = t > 0 ? cell - batch * units : 0;
        LstmLoops.gradient(
            rows, units, gates, gate, old, oldStart, bent, outputGradient, cellGradient, out, to);
      }
    });
  }
}
