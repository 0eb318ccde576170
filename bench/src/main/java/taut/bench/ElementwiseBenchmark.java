package taut.bench;

import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import taut.core.MemoryScope;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;

/// Measures relu(1.5x + 0.25) of a long vector: three operations on what one pass could do.
@State(Scope.Benchmark)
public class ElementwiseBenchmark extends BenchmarkSettings {
  private static final int LENGTH = 10_000_000;

  private final Tensor x = RandomStream.of(1).uniform(Shape.of(LENGTH), -1, 1);
  private final float[] elements = x.toFloats();
  private final float[] result = new float[LENGTH];

  /// Makes the benchmark; JMH does.
  public ElementwiseBenchmark() {}

  /// Computes it as a user does.
  @Benchmark
  public Tensor chain(KernelThreads threads) {
    try (MemoryScope _ = MemoryScope.open()) {
      return x.mul(1.5).add(0.25).relu();
    }
  }

  /// Computes it in one plain loop over arrays, which the compiler vectorizes: what fusing would
  /// give.
  @Benchmark
  public float[] chainReference() {
    for (int i = 0; i < LENGTH; i++) {
      result[i] = Math.max(1.5f * elements[i] + 0.25f, 0);
    }
    return result;
  }

  static Work work(String method, UnaryOperator<String> parameter) {
    return Work.bytes(2.0 * LENGTH * Float.BYTES);
  }
}
