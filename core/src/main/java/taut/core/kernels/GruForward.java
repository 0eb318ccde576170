package taut.core.kernels;

/// The way through the steps of gated recurrent units, by blocks of samples, with what stands
/// before the first step taken as 0.
final class GruForward {
  private static final ThreadBuffer ZEROS = new ThreadBuffer();
  private static final ThreadBuffer PRODUCT = new ThreadBuffer();

  /// A part of a step, for `rows` samples from `first` on.
  ///
  /// The parts are called through this interface so that C2 compiles each by itself, for the reason
  /// that [LstmForward] gives.
  private interface Part {
    void run(GruForward pass, int t, int first, int rows);
  }

  private static final Part[] PARTS = {
    GruForward::addInputBias,
    GruForward::multiply,
    GruForward::bendGates,
    GruForward::bendCandidates,
    GruForward::outputs
  };

  private final RecurrentPlan plan;
  private final int batch;
  private final int units;
  private final int width;
  private final float[] x;
  private final int xStart;
  private final float[] kernel;
  private final int kernelStart;
  private final float[] bias;
  private final int biasStart;
  private final float[] gates;
  private final int gatesStart;
  private final float[] inner;
  private final int innerStart;
  private final float[] out;
  private final int outStart;

  GruForward(
      RecurrentPlan plan,
      float[] x,
      int xStart,
      float[] kernel,
      int kernelStart,
      float[] bias,
      int biasStart,
      float[] gates,
      int gatesStart,
      float[] inner,
      int innerStart,
      float[] out,
      int outStart) {
    this.plan = plan;
    this.batch = plan.batch();
    this.units = plan.units();
    this.width = plan.width();
    this.x = x;
    this.xStart = xStart;
    this.kernel = kernel;
    this.kernelStart = kernelStart;
    this.bias = bias;
    this.biasStart = biasStart;
    this.gates = gates;
    this.gatesStart = gatesStart;
    this.inner = inner;
    this.innerStart = innerStart;
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

  private int output(int t, int sample) {
    return outStart + (t * batch + sample) * units;
  }

  /// Returns this thread's place for the product of the states with the recurrent kernel.
  private float[] product(int rows) {
    return PRODUCT.atLeast(rows * width);
  }

  private void addInputBias(int t, int first, int rows) {
    int from = xStart + (t * batch + first) * width;
    GateLoops.add(rows, width, x, from, bias, biasStart, gates, gate(t, first));
  }

  private void multiply(int t, int first, int rows) {
    float[] p = product(rows);
    for (int row = 0; row < rows; row++) {
      System.arraycopy(bias, biasStart + width, p, row * width, width);
    }
    if (t > 0) {
      int before = output(t - 1, first);
      VectorMatMul.multiply(
          rows, width, units, out, before, false, kernel, kernelStart, false, p, 0, true);
    }
  }

  private void bendGates(int t, int first, int rows) {
    GruLoops.gates(rows, units, product(rows), gates, gate(t, first));
  }

  private void bendCandidates(int t, int first, int rows) {
    int at = innerStart + (t * batch + first) * units;
    GruLoops.candidates(rows, units, product(rows), gates, gate(t, first), inner, at);
  }

  private void outputs(int t, int first, int rows) {
    float[] old = t > 0 ? out : zeros(rows * units);
    int before = t > 0 ? output(t - 1, first) : 0;
    GruLoops.output(rows, units, gates, gate(t, first), old, before, out, output(t, first));
  }

  /// Returns the state before the first step.
  static float[] zeros(int count) {
    return ZEROS.zeros(count);
  }
}
