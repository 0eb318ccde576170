package taut.core.kernels;

/// The way through the steps of a long short-term memory, by blocks of samples, with what stands
/// before the first step taken as 0.
final class LstmForward {
  private static final ThreadBuffer ZEROS = new ThreadBuffer();

  /// A part of a step, for `rows` samples from `first` on.
  ///
  /// The parts are called through this interface because it has many implementations, so that C2
  /// compiles each by itself. Inlined all into the loop over the steps, they have more vector
  /// operations than it takes before it stops inlining, and every intermediate vector of a
  /// hyperbolic tangent is boxed.
  private interface Part {
    void run(LstmForward memory, int t, int first, int rows);
  }

  private static final Part[] PARTS = {
    LstmForward::addBias,
    LstmForward::addProduct,
    LstmForward::bendInputAndForgetGates,
    LstmForward::bendCandidates,
    LstmForward::bendOutputGates,
    LstmForward::nextCells,
    LstmForward::outputs
  };

  private final RecurrentPlan plan;
  private final int batch;
  private final int units;
  private final int width;
  private final float[] z;
  private final int zStart;
  private final float[] kernel;
  private final int kernelStart;
  private final float[] bias;
  private final int biasStart;
  private final float[] gates;
  private final int gatesStart;
  private final float[] cells;
  private final int cellsStart;
  private final float[] out;
  private final int outStart;

  LstmForward(
      RecurrentPlan plan,
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
    this.plan = plan;
    this.batch = plan.batch();
    this.units = plan.units();
    this.width = plan.width();
    this.z = z;
    this.zStart = zStart;
    this.kernel = kernel;
    this.kernelStart = kernelStart;
    this.bias = bias;
    this.biasStart = biasStart;
    this.gates = gates;
    this.gatesStart = gatesStart;
    this.cells = cells;
    this.cellsStart = cellsStart;
    this.out = out;
    this.outStart = outStart;
  }

  /// Takes all samples through all steps.
  void run() {
    plan.forEachBlock((first, rows) -> {
      for (int t = 0; t < plan.steps(); t++) {
        for (Part part : PARTS) {
          part.run(this, t, first, rows);
        }
      }
    });
  }

  /// Returns where the gates of a sample begin at a step.
  private int gate(int t, int sample) {
    return gatesStart + (t * batch + sample) * width;
  }

  private int cell(int t, int sample) {
    return cellsStart + (t * batch + sample) * units;
  }

  private int output(int t, int sample) {
    return outStart + (t * batch + sample) * units;
  }

  private void addBias(int t, int first, int rows) {
    int from = zStart + (t * batch + first) * width;
    GateLoops.add(rows, width, z, from, bias, biasStart, gates, gate(t, first));
  }

  private void addProduct(int t, int first, int rows) {
    if (t > 0) {
      int before = output(t - 1, first);
      int to = gate(t, first);
      VectorMatMul.multiply(
          rows, width, units, out, before, false, kernel, kernelStart, false, gates, to, true);
    }
  }

  private void bendInputAndForgetGates(int t, int first, int rows) {
    GateLoops.sigmoid(rows, width, gates, gate(t, first), 2 * units);
  }

  private void bendCandidates(int t, int first, int rows) {
    GateLoops.tanh(rows, width, gates, gate(t, first) + 2 * units, units);
  }

  private void bendOutputGates(int t, int first, int rows) {
    GateLoops.sigmoid(rows, width, gates, gate(t, first) + 3 * units, units);
  }

  private void nextCells(int t, int first, int rows) {
    float[] old = t > 0 ? cells : zeros(rows * units);
    int oldStart = t > 0 ? cell(t - 1, first) : 0;
    LstmLoops.step(rows, units, gates, gate(t, first), old, oldStart, cells, cell(t, first));
  }

  private void outputs(int t, int first, int rows) {
    LstmLoops.output(
        rows, units, gates, gate(t, first), cells, cell(t, first), out, output(t, first));
  }

  /// Returns the cells before the first step.
  static float[] zeros(int count) {
    return ZEROS.zeros(count);
  }
}
