package taut.bench;

import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Measures whole training steps of the studies' networks: forward pass, loss and penalties,
/// gradients, optimizer.
///
/// The loop is the hand-written one, with a memory scope and without metrics; the data are random,
/// one batch for all steps.
@State(Scope.Benchmark)
public class TrainingStepBenchmark extends BenchmarkSettings {
  /// Which network and batch size: Fashion-MNIST with 0.02·Σw² on three kernels; circles with an
  /// activity penalty; diabetes with L2 on every kernel; a small convolutional network on images of
  /// 28×28; a long short-term memory, gated recurrent units and a simple recurrent network, of 64
  /// units with an activity penalty on 50 steps of 16 features.
  @Param({
    "fashion 32",
    "fashion 256",
    "circles 30",
    "diabetes 32",
    "cnn 32",
    "lstm 32",
    "gru 32",
    "rnn 32"
  })
  public String study = "";

  private Study running = Study.of("circles 1");

  /// Makes the benchmark; JMH does.
  public TrainingStepBenchmark() {}

  /// Makes the network and draws the data.
  @Setup
  public void prepare() {
    running = Study.of(study);
  }

  /// Takes one step.
  @Benchmark
  public double step(KernelThreads threads) {
    return running.step();
  }

  static Work work(String method, UnaryOperator<String> parameter) {
    return Work.calls("steps/s");
  }
}
