package taut.bench;

import java.util.List;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import taut.autodiff.GradientTape;
import taut.autodiff.Unconnected;
import taut.core.MemoryScope;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.ops.SoftmaxCrossEntropy;
import taut.core.ops.Unary;

/// Measures what happens to each row of the small matrices of a training step: a bias and an
/// activation, one value a row, softmax cross-entropy.
@State(Scope.Benchmark)
public class RowsBenchmark extends BenchmarkSettings {
  /// Rows × columns: the layers of the studies.
  @Param({"30x500", "32x200", "32x10", "256x10"})
  public String shape = "";

  private Tensor x = Tensor.zeros(1, 1);
  private Tensor bias = Tensor.zeros(1);
  private Tensor column = Tensor.zeros(1, 1);
  private Tensor labels = Tensor.of(Shape.of(1), 0);

  /// Makes the benchmark; JMH does.
  public RowsBenchmark() {}

  /// Draws the matrix and what it is combined with.
  @Setup
  public void draw() {
    String[] sizes = shape.split("x", -1);
    int rows = Integer.parseInt(sizes[0]);
    int columns = Integer.parseInt(sizes[1]);
    RandomStream random = RandomStream.of(1);
    x = random.normal(Shape.of(rows, columns), 0, 1);
    bias = random.normal(Shape.of(columns), 0, 1);
    column = random.normal(Shape.of(rows, 1), 0, 1);
    int[] classes = new int[rows];
    for (int i = 0; i < rows; i++) {
      classes[i] = random.nextInt(columns);
    }
    labels = Tensor.of(Shape.of(rows), classes);
  }

  /// Adds a row to every row.
  @Benchmark
  public Tensor addRow(KernelThreads threads) {
    try (MemoryScope _ = MemoryScope.open()) {
      return x.add(bias);
    }
  }

  /// Adds one value to every row.
  @Benchmark
  public Tensor addColumn(KernelThreads threads) {
    try (MemoryScope _ = MemoryScope.open()) {
      return x.add(column);
    }
  }

  /// Computes relu(x + bias) and both gradients, in one operation.
  @Benchmark
  public Tensor biasRelu(KernelThreads threads) {
    try (MemoryScope _ = MemoryScope.open();
        GradientTape tape = new GradientTape()) {
      tape.watch(x);
      tape.watch(bias);
      return gradient(tape, x.biasActivation(bias, Unary.RELU));
    }
  }

  /// Computes relu(x + bias) and both gradients, in two operations.
  @Benchmark
  public Tensor biasThenRelu(KernelThreads threads) {
    try (MemoryScope _ = MemoryScope.open();
        GradientTape tape = new GradientTape()) {
      tape.watch(x);
      tape.watch(bias);
      return gradient(tape, x.add(bias).relu());
    }
  }

  private Tensor gradient(GradientTape tape, Tensor y) {
    return tape.gradients(List.of(y), List.of(x), List.of(x, bias), Unconnected.NONE).getLast();
  }

  /// Computes the softmax cross-entropy of every row with its label, and the gradient.
  @Benchmark
  public Tensor crossEntropy(KernelThreads threads) {
    try (MemoryScope _ = MemoryScope.open();
        GradientTape tape = new GradientTape()) {
      tape.watch(x);
      return tape.gradient(SoftmaxCrossEntropy.Sparse.INSTANCE.apply(x, labels).mean(), x);
    }
  }

  static Work work(String method, UnaryOperator<String> parameter) {
    return Work.calls("calls/s");
  }
}
