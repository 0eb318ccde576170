package taut.bench;

import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import taut.autodiff.GradientTape;
import taut.core.MemoryScope;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.kernels.Parallel;

/// Measures operations on 16 floats, where the arithmetic costs next to nothing: what remains is
/// the way through the dispatcher, memory and tape.
@State(Scope.Benchmark)
public class SmallOpBenchmark extends BenchmarkSettings {
  private static final int OPERATIONS = 100;

  /// The left summand.
  public final Tensor x = RandomStream.of(1).uniform(Shape.of(16), 0, 1);

  /// The right summand.
  public final Tensor y = RandomStream.of(2).uniform(Shape.of(16), 0, 1);

  /// Makes the benchmark; JMH does.
  public SmallOpBenchmark() {}

  /// Keeps everything on one thread.
  @Setup(Level.Trial)
  public void alone() {
    Parallel.setThreads(1);
  }

  /// Adds two vectors; the garbage collector owns the result.
  @Benchmark
  public Tensor add() {
    return x.add(y);
  }

  /// Adds a number.
  @Benchmark
  public Tensor addNumber() {
    return x.add(0.5);
  }

  /// Computes a function of one operand.
  @Benchmark
  public Tensor relu() {
    return x.relu();
  }

  /// Sums all elements.
  @Benchmark
  public Tensor sum() {
    return x.sum();
  }

  /// Adds 100 times inside a memory scope.
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public Tensor addInScope() {
    try (MemoryScope _ = MemoryScope.open()) {
      return chain();
    }
  }

  /// Adds 100 times under a tape that records it, inside a memory scope.
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public Tensor addRecorded() {
    try (MemoryScope _ = MemoryScope.open();
        GradientTape tape = new GradientTape()) {
      tape.watch(x);
      return chain();
    }
  }

  /// Adds 100 times under a tape and differentiates the sum, per addition.
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public Tensor addDifferentiated() {
    try (MemoryScope _ = MemoryScope.open();
        GradientTape tape = new GradientTape()) {
      tape.watch(x);
      return tape.gradient(chain().sum(), x);
    }
  }

  private Tensor chain() {
    Tensor sum = x;
    for (int i = 0; i < OPERATIONS; i++) {
      sum = sum.add(y);
    }
    return sum;
  }

  /// Adds two arrays in a plain loop.
  @Benchmark
  public float[] addReference() {
    return plainSum(elementsX, elementsY);
  }

  private final float[] elementsX = x.toFloats();
  private final float[] elementsY = y.toFloats();

  private static float[] plainSum(float[] a, float[] b) {
    float[] result = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = a[i] + b[i];
    }
    return result;
  }

  static Work work(String method, UnaryOperator<String> parameter) {
    return Work.calls("op/s");
  }
}
