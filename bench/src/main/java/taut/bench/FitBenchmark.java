package taut.bench;

import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import taut.training.Dataset;
import taut.training.Fit;
import taut.training.History;
import taut.training.Metrics;
import taut.training.Model;

/// Measures an epoch of `fit` as a user sees it: 60,000 images of 28×28, shuffled and gathered into
/// batches, the Fashion-MNIST network with 0.02·Σw² on three kernels, plain gradient descent, loss
/// and accuracy kept. The images are random, which changes no time.
@State(Scope.Benchmark)
public class FitBenchmark extends BenchmarkSettings {
  private static final int IMAGES = 60_000;

  /// The number of images that are learned from at once.
  @Param({"32", "256"})
  public int batch;

  private Study study = Study.of("circles 1");

  /// Makes the benchmark; JMH does.
  public FitBenchmark() {}

  /// Makes the network and draws the images.
  @Setup
  public void prepare() {
    study = Study.of("fashion " + IMAGES);
  }

  /// Trains for an epoch.
  @Benchmark
  public History epoch(KernelThreads threads) {
    Model model =
        Model.compile(study.network(), study.optimizer(), study.loss(), Metrics.accuracy());
    return model.fit(Dataset.of(study.x(), study.y()), Fit.epochs(1).batchSize(batch).quietly());
  }

  static Work work(String method, UnaryOperator<String> parameter) {
    return new Work(IMAGES, "images/s");
  }
}
