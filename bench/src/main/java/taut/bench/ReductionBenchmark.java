package taut.bench;

import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import taut.core.MemoryScope;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.kernels.Kernels;
import taut.core.kernels.ReferenceKernels;
import taut.core.ops.Reduction;

/// Measures sums, which read memory and do little else: of a long vector, and of a matrix along
/// either axis.
@State(Scope.Benchmark)
public class ReductionBenchmark extends BenchmarkSettings {
  private static final int LENGTH = 10_000_000;
  private static final int ROWS = 4096;
  private static final int COLUMNS = 2048;

  private final Kernels reference = new ReferenceKernels();

  /// What is summed as a whole.
  public final Tensor vector = RandomStream.of(1).uniform(Shape.of(LENGTH), -1, 1);

  /// What is summed along an axis.
  public final Tensor matrix = RandomStream.of(2).uniform(Shape.of(ROWS, COLUMNS), -1, 1);

  private final Tensor scalar = Tensor.scalar(0);
  private final Tensor column = Tensor.zeros(ROWS);
  private final Tensor row = Tensor.zeros(COLUMNS);

  /// Makes the benchmark; JMH does.
  public ReductionBenchmark() {}

  /// Sums a vector.
  @Benchmark
  public Tensor sum(KernelThreads threads) {
    try (MemoryScope _ = MemoryScope.open()) {
      return vector.sum();
    }
  }

  /// Sums a vector with the textbook's loop.
  @Benchmark
  public Tensor sumReference() {
    reference.reduce(Reduction.SUM, vector.storage(), scalar.storage(), 1, LENGTH, 1);
    return scalar;
  }

  /// Sums each row.
  @Benchmark
  public Tensor rowSums(KernelThreads threads) {
    try (MemoryScope _ = MemoryScope.open()) {
      return matrix.sum(1);
    }
  }

  /// Sums each row with the textbook's loop.
  @Benchmark
  public Tensor rowSumsReference() {
    reference.reduce(Reduction.SUM, matrix.storage(), column.storage(), ROWS, COLUMNS, 1);
    return column;
  }

  /// Sums each column.
  @Benchmark
  public Tensor columnSums(KernelThreads threads) {
    try (MemoryScope _ = MemoryScope.open()) {
      return matrix.sum(0);
    }
  }

  /// Sums each column with the textbook's loop.
  @Benchmark
  public Tensor columnSumsReference() {
    reference.reduce(Reduction.SUM, matrix.storage(), row.storage(), 1, ROWS, COLUMNS);
    return row;
  }

  static Work work(String method, UnaryOperator<String> parameter) {
    double count = method.equals("sum") ? LENGTH : (double) ROWS * COLUMNS;
    return Work.bytes(count * Float.BYTES);
  }
}
