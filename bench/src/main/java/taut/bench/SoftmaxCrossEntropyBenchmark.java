package taut.bench;

import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import taut.autodiff.GradientTape;
import taut.core.MemoryScope;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.kernels.Kernels;
import taut.core.kernels.ReferenceKernels;
import taut.core.ops.SoftmaxCrossEntropy;

/// Measures the mean softmax cross-entropy of 256 rows of 1000 classes, and its gradient.
@State(Scope.Benchmark)
public class SoftmaxCrossEntropyBenchmark extends BenchmarkSettings {
  private static final int ROWS = 256;
  private static final int CLASSES = 1000;

  private final Kernels reference = new ReferenceKernels();

  /// What the classes are predicted from.
  public final Tensor logits = RandomStream.of(1).normal(Shape.of(ROWS, CLASSES), 0, 1);

  /// The class of each row.
  public final Tensor labels = drawLabels();

  private final Tensor cotangent = Tensor.ones(ROWS).div(ROWS);
  private final Tensor losses = Tensor.zeros(ROWS);
  private final Tensor gradient = Tensor.zeros(ROWS, CLASSES);

  /// Makes the benchmark; JMH does.
  public SoftmaxCrossEntropyBenchmark() {}

  private static Tensor drawLabels() {
    RandomStream random = RandomStream.of(2);
    int[] labels = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      labels[i] = random.nextInt(CLASSES);
    }
    return Tensor.of(Shape.of(ROWS), labels);
  }

  /// Computes loss and gradient through a tape.
  @Benchmark
  public Tensor lossAndGradient(KernelThreads threads) {
    try (MemoryScope _ = MemoryScope.open();
        GradientTape tape = new GradientTape()) {
      tape.watch(logits);
      Tensor loss = SoftmaxCrossEntropy.Sparse.INSTANCE.apply(logits, labels).mean();
      return tape.gradient(loss, logits);
    }
  }

  /// Computes losses and gradient with the textbook's loops, without a tape.
  @Benchmark
  public Tensor lossAndGradientReference() {
    reference.sparseCrossEntropy(
        logits.storage(), labels.storage(), losses.storage(), ROWS, CLASSES);
    reference.sparseCrossEntropyGradient(
        logits.storage(), labels.storage(), cotangent.storage(), gradient.storage(), ROWS, CLASSES);
    return gradient;
  }

  static Work work(String method, UnaryOperator<String> parameter) {
    return Work.bytes(2.0 * ROWS * CLASSES * Float.BYTES);
  }
}
