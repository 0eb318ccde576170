package taut.bench.roofline;

import taut.regularizers.L1;
import taut.regularizers.L2;

/// The kernels in which training spends its time, in the sizes of the studies and in sizes that
/// leave the caches.
public enum HotKernel {
  /// A product of small squares.
  MATMUL_64("matmul 64³", Kind.PRODUCT, Workloads.product(64, 64, 64)),
  /// A product of squares that the second cache holds.
  MATMUL_256("matmul 256³", Kind.PRODUCT, Workloads.product(256, 256, 256)),
  /// A product of large squares.
  MATMUL_1024("matmul 1024³", Kind.PRODUCT, Workloads.product(1024, 1024, 1024)),
  /// The first layer of the Fashion-MNIST network.
  MATMUL_DENSE("matmul 32×784×200", Kind.PRODUCT, Workloads.product(32, 784, 200)),
  /// The first layer of the circles network.
  MATMUL_SHALLOW("matmul 30×2×500", Kind.PRODUCT, Workloads.product(30, 2, 500)),
  /// A matrix times a vector.
  MATVEC("matrix 1000² · vector", Kind.PRODUCT, Workloads.product(1000, 1000, 1)),

  /// The first convolution of a small network for images.
  CONVOLUTION_1("conv 28²×1 → 32", Kind.CONVOLUTION, Workloads.convolution(28, 1, 32)),
  /// Its second convolution.
  CONVOLUTION_32("conv 26²×32 → 64", Kind.CONVOLUTION, Workloads.convolution(26, 32, 64)),
  /// The gradient of the second convolution's kernel.
  CONVOLUTION_KERNEL(
      "conv 26², kernel gradient",
      Kind.CONVOLUTION,
      Workloads.convolutionKernelGradient(26, 32, 64)),
  /// The gradient of the second convolution's input.
  CONVOLUTION_INPUT(
      "conv 26², input gradient", Kind.CONVOLUTION, Workloads.convolutionInputGradient(26, 32, 64)),

  /// Exponentials.
  EXP("exp, 10⁵", Kind.FUNCTION, Workloads.exp(100_000)),
  /// Hyperbolic tangents.
  TANH("tanh, 10⁵", Kind.FUNCTION, Workloads.tanh(100_000)),
  /// Loss and gradient of 256 rows of 1000 classes, through a tape.
  CROSS_ENTROPY("softmax cross-entropy", Kind.FUNCTION, Workloads.crossEntropy(256, 1000)),

  /// The sum of a long vector.
  SUM("sum, 10⁷", Kind.REDUCTION, Workloads.sum(10_000_000)),
  /// The sum of each row.
  ROW_SUMS("row sums 4096×2048", Kind.REDUCTION, Workloads.sums(4096, 2048, 1)),
  /// The sum of each column.
  COLUMN_SUMS("column sums 4096×2048", Kind.REDUCTION, Workloads.sums(4096, 2048, 0)),

  /// A bias added to each row.
  BIAS("add bias 4096×2048", Kind.UPDATE, Workloads.bias(4096, 2048)),
  /// Value and gradient of an L1 penalty, through a tape.
  L1_PENALTY("L1 penalty, 10⁷", Kind.UPDATE, Workloads.penalty(new L1(0.02), 2, 10_000_000)),
  /// Value and gradient of an L2 penalty, through a tape.
  L2_PENALTY("L2 penalty, 10⁷", Kind.UPDATE, Workloads.penalty(new L2(0.02), 3, 10_000_000)),
  /// A step of Adam.
  ADAM("Adam, 10⁷", Kind.UPDATE, Workloads.adam(10_000_000));

  private final String label;
  private final Kind kind;
  private final Workload workload;

  HotKernel(String label, Kind kind, Workload workload) {
    this.label = label;
    this.kind = kind;
    this.workload = workload;
  }

  /// Returns what the picture calls it.
  public String label() {
    return label;
  }

  Kind kind() {
    return kind;
  }

  /// Returns what is measured.
  public Workload workload() {
    return workload;
  }
}
