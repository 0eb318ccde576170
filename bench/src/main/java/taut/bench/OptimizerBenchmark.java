package taut.bench;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import taut.autodiff.Gradients;
import taut.autodiff.Variable;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.optim.Adam;
import taut.optim.AdamW;
import taut.optim.Optimizer;
import taut.optim.Sgd;

/// Measures the step of an optimizer on one matrix: clipping, decay, moments and update are one
/// pass over memory, to which the limit of a norm adds one that reads the gradient.
@State(Scope.Benchmark)
public class OptimizerBenchmark extends BenchmarkSettings {
  private static final int COLUMNS = 200;

  /// Which method, and after a comma how gradients are limited.
  @Param({
    "sgd",
    "sgd, value",
    "momentum",
    "nesterov",
    "adam",
    "adamw",
    "adamw, value",
    "adamw, norm"
  })
  public String method = "";

  /// The number of weights.
  @Param({"156800", "10000000"})
  public int size;

  private Optimizer optimizer = new Sgd();
  private Gradients gradients = Gradients.of(Map.of());

  /// Makes the benchmark; JMH does.
  public OptimizerBenchmark() {}

  /// Draws weights and gradients.
  @Setup
  public void prepare(KernelThreads threads) {
    RandomStream random = RandomStream.of(1);
    Shape shape = Shape.of(size / COLUMNS, COLUMNS);
    Variable weights = Variable.trainable("weights", random.normal(shape, 0, 1));
    gradients = Gradients.of(Map.of(weights, random.normal(shape, 0, 1)));
    String[] words = method.split(", ", -1);
    optimizer =
        switch (words[0]) {
          case "sgd" -> new Sgd(1e-4);
          case "momentum" -> new Sgd(1e-4).momentum(0.9);
          case "nesterov" -> new Sgd(1e-4).momentum(0.9).nesterov();
          case "adam" -> new Adam(1e-4);
          case "adamw" -> new AdamW(1e-4);
          default -> throw new IllegalArgumentException("benchmark: no method '" + method + "'");
        };
    switch (words[words.length - 1]) {
      case "value" -> optimizer.clipValue(1);
      case "norm" -> optimizer.clipNorm(1);
      default -> {}
    }
  }

  /// Takes one step.
  @Benchmark
  public void step() {
    optimizer.apply(gradients);
  }

  static Work work(String method, UnaryOperator<String> parameter) {
    String what = parameter.apply("method");
    int arrays = what.startsWith("adam") ? 7 : what.startsWith("sgd") ? 3 : 5;
    int passes = arrays + (what.endsWith("norm") ? 1 : 0);
    return Work.bytes((double) passes * Float.BYTES * Integer.parseInt(parameter.apply("size")));
  }
}
