package taut.bench;

import java.util.List;
import java.util.function.Supplier;
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
import taut.core.ops.BatchNormalize;
import taut.core.ops.LayerNormalize;

/// Measures the normalization of columns (batch normalization) and of rows (layer normalization),
/// each with its three gradients, of a layer of a small convolutional network and of a wide dense
/// one.
@State(Scope.Benchmark)
public class NormalizationBenchmark extends BenchmarkSettings {
  private static final double EPSILON = 1e-3;

  /// Rows x features.
  @Param({"25088x32", "256x1024"})
  public String shape = "25088x32";

  private Tensor x = Tensor.scalar(0);
  private Tensor cotangent = x;
  private Tensor scale = x;
  private Tensor shift = x;

  /// Makes the benchmark; JMH does.
  public NormalizationBenchmark() {}

  /// Draws the inputs.
  @Setup
  public void draw() {
    int features = features(shape);
    Shape matrix = Shape.of(elements(shape) / features, features);
    x = RandomStream.of(1).normal(matrix, 0, 1);
    cotangent = RandomStream.of(2).normal(matrix, 0, 1);
    scale = RandomStream.of(3).uniform(Shape.of(features), 0.5, 1.5);
    shift = RandomStream.of(4).uniform(Shape.of(features), -1, 1);
  }

  /// Normalizes as one operation and finds the gradients at once, through a tape.
  @Benchmark
  public List<Tensor> fused(KernelThreads threads) {
    return valueAndGradients(() -> new BatchNormalize(EPSILON).apply(x, scale, shift));
  }

  /// The same as a dozen operations.
  @Benchmark
  public List<Tensor> fusedReference(KernelThreads threads) {
    return valueAndGradients(() -> {
      Tensor centred = x.sub(x.mean(0));
      Tensor variance = centred.sumOfSquares(0).div(x.dim(0));
      return centred.mul(variance.add(EPSILON).rsqrt().mul(scale)).add(shift);
    });
  }

  /// Normalizes the rows as one operation and finds the gradients at once, through a tape.
  @Benchmark
  public List<Tensor> rows(KernelThreads threads) {
    return valueAndGradients(() -> new LayerNormalize(EPSILON, true).apply(x, scale, shift));
  }

  /// The same as a dozen operations.
  @Benchmark
  public List<Tensor> rowsReference(KernelThreads threads) {
    return valueAndGradients(() -> {
      Tensor centred = x.sub(x.mean(true, 1));
      Tensor variance = centred.sumOfSquares(true, 1).div(x.dim(1));
      return centred.mul(variance.add(EPSILON).rsqrt()).mul(scale).add(shift);
    });
  }

  private List<Tensor> valueAndGradients(Supplier<Tensor> normalize) {
    try (MemoryScope _ = MemoryScope.open();
        GradientTape tape = new GradientTape()) {
      List<Tensor> sources = List.of(x, scale, shift);
      sources.forEach(tape::watch);
      return tape.gradients(normalize.get(), cotangent, sources, Unconnected.NONE);
    }
  }

  private static int features(String shape) {
    return Integer.parseInt(shape.substring(shape.indexOf('x') + 1));
  }

  private static int elements(String shape) {
    return features(shape) * Integer.parseInt(shape.substring(0, shape.indexOf('x')));
  }

  /// What fused passes move: x twice and the result forward, x and its gradient twice and the
  /// result backward.
  static Work work(String method, UnaryOperator<String> parameter) {
    return Work.bytes(8.0 * elements(parameter.apply("shape")) * Float.BYTES);
  }
}
