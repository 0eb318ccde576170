package taut.core.kernels;

import java.util.Arrays;
import java.util.function.IntConsumer;

/// A long short-term memory for FLOAT32.
///
/// Samples do not touch each other, so a few of them go through all the steps together, and such
/// blocks are shared among threads without ever waiting for each other. The blocks follow from the
/// batch size alone, so the results are the same bit for bit with any number of threads.
final class VectorLstm {
  /// The samples of a block: two tiles of a product, and half of a usual batch.
  private static final int BLOCK = 16;

  private static final ThreadBuffer KERNEL = new ThreadBuffer();
  private static final ThreadBuffer CELL_GRADIENT = new ThreadBuffer();
  private static final ThreadBuffer OUTPUT_GRADIENT = new ThreadBuffer();
  private static final ThreadBuffer BENT = new ThreadBuffer();

  private final LstmPlan plan;
  private final int batch;
  private final int units;
  private final int width;

  VectorLstm(LstmPlan plan) {
    this.plan = plan;
    this.batch = plan.batch();
    this.units = plan.units();
    this.width = plan.gates();
  }

  /// Computes gates, cells and outputs, with what stands before the first step taken as 0.
  void forward(
      float[] z,
      int zStart,
      float[] kernel,
      int kernelStart,
      float[] bias,
      int biasStart,
      float[] gates,
      int gatesStart,
      float[] cells,
      int cellsStart,
      float[] out,
      int outStart) {
    LstmForward forward =
        new LstmForward(
            plan,
            z,
            zStart,
            kernel,
            kernelStart,
            bias,
            biasStart,
            gates,
            gatesStart,
            cells,
            cellsStart,
            out,
            outStart);
    forEachBlock(block -> {
      int first = block * BLOCK;
      forward.run(plan.steps(), first, Math.min(BLOCK, batch - first));
    });
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
    forEachBlock(block -> {
      int first = block * BLOCK;
      int rows = Math.min(BLOCK, batch - first);
      float[] zeros = LstmForward.zeros(rows * units);
      float[] cellGradient = CELL_GRADIENT.atLeast(rows * units);
      float[] outputGradient = OUTPUT_GRADIENT.atLeast(rows * units);
      float[] bent = BENT.atLeast(rows * units);
      Arrays.fill(cellGradient, 0, rows * units, 0f);
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

  private void forEachBlock(IntConsumer body) {
    int blocks = Math.ceilDiv(batch, BLOCK);
    if (plan.productFlops() < BlockGrid.PARALLEL_FLOPS) {
      for (int block = 0; block < blocks; block++) {
        body.accept(block);
      }
    } else {
      Parallel.forEach(blocks, body);
    }
  }
}
