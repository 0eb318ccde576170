package taut.bench;

import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import taut.bench.matmul.Step;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.kernels.Parallel;

/// Measures the steps of `docs/a-fast-matmul-in-java.md` on square matrices.
@State(Scope.Benchmark)
public class MatMulStepsBenchmark extends BenchmarkSettings {
  /// The step; each has its own number of threads.
  @Param public Step step = Step.NAIVE;

  /// The rows and columns of all three matrices.
  @Param({"256", "512", "1024"})
  public int size;

  private float[] a = {};
  private float[] b = {};
  private float[] c = {};

  /// Makes the benchmark; JMH does.
  public MatMulStepsBenchmark() {}

  /// Draws the factors.
  @Setup
  public void draw() {
    a = RandomStream.of(1).normal(Shape.of(size, size), 0, 1).toFloats();
    b = RandomStream.of(2).normal(Shape.of(size, size), 0, 1).toFloats();
    c = new float[size * size];
    Parallel.setThreads(step.threads());
  }

  /// Computes the product.
  @Benchmark
  public float[] product() {
    step.product().multiply(size, size, size, a, b, c);
    return c;
  }

  static Work work(String method, UnaryOperator<String> parameter) {
    return Work.flops(2 * Math.pow(Double.parseDouble(parameter.apply("size")), 3));
  }
}
