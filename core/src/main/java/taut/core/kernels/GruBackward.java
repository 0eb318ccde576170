package taut.core.kernels;

/// The way back through the steps of gated recurrent units, by blocks of samples.
final class GruBackward {
  private static final ThreadBuffer KERNEL = new ThreadBuffer();
  private static final ThreadBuffer OUTPUT_GRADIENT = new ThreadBuffer();

  private final RecurrentPlan plan;
  private final int batch;
  private final int units;
  private final int width;

  GruBackward(RecurrentPlan plan) {
    this.plan = plan;
    this.batch = plan.batch();
    this.units = plan.units();
    this.width = plan.width();
  }

  /// Computes the gradients of x and p from the gradient c of the outputs.
  void gradient(
      float[] kernel,
      int kernelStart,
      float[] gates,
      int gatesStart,
      float[] inner,
      int innerStart,
      float[] outputs,
      int outputsStart,
      float[] c,
      int cStart,
      float[] x,
      int xStart,
      float[] p,
      int pStart) {
    float[] transposed = KERNEL.atLeast(width * units);
    BlockTranspose.copy(units, width, kernel, kernelStart, width, transposed, 0, units);
    plan.forEachBlock((first, rows) -> {
      float[] zeros = GruForward.zeros(rows * units);
      float[] h = OUTPUT_GRADIENT.zeros(rows * units);
      for (int t = plan.steps() - 1; t >= 0; t--) {
        int row = t * batch + first;
        int at = row * units;
        int to = row * width;
        GateLoops.add(1, rows * units, c, cStart + at, h, 0, h, 0);
        if (t + 1 < plan.steps()) {
          int after = pStart + to + batch * width;
          VectorMatMul.multiply(
              rows, units, width, p, after, false, transposed, 0, false, h, 0, true);
        }
        float[] old = t > 0 ? outputs : zeros;
        int oldStart = t > 0 ? outputsStart + at - batch * units : 0;
        GruLoops.gradient(
            rows,
            units,
            gates,
            gatesStart + to,
            inner,
            innerStart + at,
            old,
            oldStart,
            h,
            x,
            xStart + to,
            p,
            pStart + to);
      }
    });
  }
}
