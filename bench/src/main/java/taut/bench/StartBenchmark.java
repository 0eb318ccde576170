package taut.bench;

import static taut.layers.Activations.RELU;
import static taut.layers.Activations.SIGMOID;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import taut.autodiff.GradientTape;
import taut.core.MemoryScope;
import taut.core.RandomStream;
import taut.core.Tensor;
import taut.layers.Dense;
import taut.layers.Pass;
import taut.layers.Sequential;
import taut.optim.Adam;
import taut.regularizers.L1;
import taut.training.Batch;
import taut.training.Losses;
import taut.training.datasets.Circles;

/// Measures how long a new JVM takes to its first training step: from the start of the process to
/// the loss of the first batch, with data, network and optimizer made on the way.
@State(Scope.Benchmark)
public class StartBenchmark extends BenchmarkSettings {
  private static final int BATCH = 30;

  /// Makes the benchmark; JMH does.
  public StartBenchmark() {}

  /// Starts a JVM and waits for its first step.
  @Benchmark
  public int firstStep() throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules=jdk.incubator.vector",
            "-cp",
            System.getProperty("java.class.path"),
            StartBenchmark.class.getName());
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (InputStream answer = child.getInputStream()) {
      int first = answer.read();
      int exit = child.waitFor();
      if (first < 0 || exit != 0) {
        throw new IllegalStateException("benchmark: the JVM ended with " + exit + " and no step");
      }
      return first;
    }
  }

  /// Takes one step on the circles and prints the loss: what the new JVM runs.
  public static void main(String[] arguments) {
    Batch batch = Circles.make(1000, 0.03, 0.8, RandomStream.of(1)).batch(BATCH).get(0);
    var network =
        Sequential.of(
            new Dense(500).activation(RELU).activityRegularizer(new L1(1e-4)),
            new Dense(1).activation(SIGMOID));
    network.build(batch.x().shape(), RandomStream.of(2));
    try (MemoryScope _ = MemoryScope.open();
        GradientTape tape = new GradientTape();
        Pass pass = Pass.training(RandomStream.of(3))) {
      Tensor prediction = network.apply(batch.x(), pass);
      Tensor loss =
          Losses.binaryCrossentropy().of(batch.y(), prediction).add(pass.penalties().total());
      new Adam().apply(tape.gradient(loss, network.trainableVariables()));
      System.out.println(loss.item());
    }
  }

  static Work work(String method, UnaryOperator<String> parameter) {
    return Work.calls("starts/s");
  }
}
