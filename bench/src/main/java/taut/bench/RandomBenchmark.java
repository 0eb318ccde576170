package taut.bench;

import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import taut.core.MemoryScope;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;

/// Measures random numbers: uniform, normal, and dropout.
@State(Scope.Benchmark)
public class RandomBenchmark extends BenchmarkSettings {
  private static final int COUNT = 100_000;

  private final RandomStream random = RandomStream.of(1);
  private final Tensor x = random.uniform(Shape.of(COUNT), -1, 1);

  /// Makes the benchmark; JMH does.
  public RandomBenchmark() {}

  /// Draws uniform numbers.
  @Benchmark
  public Tensor uniform(KernelThreads threads) {
    try (MemoryScope _ = MemoryScope.open()) {
      return random.uniform(Shape.of(COUNT), -1, 1);
    }
  }

  /// Draws normal numbers.
  @Benchmark
  public Tensor normal(KernelThreads threads) {
    try (MemoryScope _ = MemoryScope.open()) {
      return random.normal(Shape.of(COUNT), 0, 1);
    }
  }

  /// Drops half of the elements and scales the others.
  @Benchmark
  public Tensor dropout(KernelThreads threads) {
    try (MemoryScope _ = MemoryScope.open()) {
      return random.dropout(x, 0.5, 2);
    }
  }

  static Work work(String method, UnaryOperator<String> parameter) {
    double passes = method.equals("dropout") ? 2 : 1;
    return Work.bytes(passes * COUNT * Float.BYTES);
  }
}
