package taut.bench;

import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import taut.autodiff.GradientTape;
import taut.core.MemoryScope;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.training.Loss;
import taut.training.Losses;

/// Measures the losses of probabilities, and of yes-or-no logits, each with its gradient.
@State(Scope.Benchmark)
public class ProbabilityLossBenchmark extends BenchmarkSettings {
  /// Rows x classes.
  @Param({"256x1000", "256x10"})
  public String shape = "256x10";

  private Tensor logits = Tensor.scalar(0);
  private Tensor probabilities = logits;
  private Tensor sigmoids = logits;
  private Tensor labels = logits;
  private Tensor oneHot = logits;

  /// Makes the benchmark; JMH does.
  public ProbabilityLossBenchmark() {}

  /// Draws the inputs.
  @Setup
  public void draw() {
    int cross = shape.indexOf('x');
    int rows = Integer.parseInt(shape.substring(0, cross));
    int classes = Integer.parseInt(shape.substring(cross + 1));
    logits = RandomStream.of(1).normal(Shape.of(rows, classes), 0, 1);
    probabilities = logits.softmax();
    sigmoids = logits.sigmoid();
    RandomStream random = RandomStream.of(2);
    int[] drawn = new int[rows];
    for (int i = 0; i < rows; i++) {
      drawn[i] = random.nextInt(classes);
    }
    labels = Tensor.of(Shape.of(rows), drawn);
    oneHot = labels.oneHot(classes, logits.dtype());
  }

  /// Scores probabilities of classes against labels.
  @Benchmark
  public Tensor sparse(KernelThreads threads) {
    return gradient(Losses.sparseCategoricalCrossentropy(), labels, probabilities);
  }

  /// The same with ordinary operations.
  @Benchmark
  public Tensor sparseReference(KernelThreads threads) {
    return gradient(
        (target, p) ->
            p.div(p.sum(true, -1))
                .clip(1e-7, 1 - 1e-7)
                .log()
                .takeAlongAxis(target.expandDims(-1), -1)
                .neg(),
        labels,
        probabilities);
  }

  /// Scores probabilities of classes against probabilities.
  @Benchmark
  public Tensor dense(KernelThreads threads) {
    return gradient(Losses.categoricalCrossentropy(), oneHot, probabilities);
  }

  /// The same with ordinary operations.
  @Benchmark
  public Tensor denseReference(KernelThreads threads) {
    return gradient(
        (target, p) -> {
          Tensor q = p.div(p.sum(true, -1)).clip(1e-7, 1 - 1e-7);
          return q.log().mul(target).sum(-1).neg();
        },
        oneHot,
        probabilities);
  }

  /// Scores probabilities of yes against 0 and 1.
  @Benchmark
  public Tensor binary(KernelThreads threads) {
    return gradient(Losses.binaryCrossentropy(), oneHot, sigmoids);
  }

  /// The same with ordinary operations.
  @Benchmark
  public Tensor binaryReference(KernelThreads threads) {
    return gradient(
        (target, prediction) -> {
          Tensor p = prediction.clip(1e-7, 1 - 1e-7);
          Tensor yes = p.log().mul(target);
          return yes.add(p.neg().log1p().mul(target.subFrom(1))).neg();
        },
        oneHot,
        sigmoids);
  }

  /// Scores logits of yes against 0 and 1.
  @Benchmark
  public Tensor logits(KernelThreads threads) {
    return gradient(Losses.binaryCrossentropy().fromLogits(), oneHot, logits);
  }

  /// The same with ordinary operations.
  @Benchmark
  public Tensor logitsReference(KernelThreads threads) {
    return gradient((target, x) -> x.softplus().sub(x.mul(target)), oneHot, logits);
  }

  private static Tensor gradient(Loss loss, Tensor target, Tensor prediction) {
    try (MemoryScope _ = MemoryScope.open();
        GradientTape tape = new GradientTape()) {
      tape.watch(prediction);
      return tape.gradient(loss.of(target, prediction), prediction);
    }
  }

  /// The least that value and gradient move: two reads and a result.
  static Work work(String method, UnaryOperator<String> parameter) {
    String shape = parameter.apply("shape");
    int cross = shape.indexOf('x');
    double elements = Double.parseDouble(shape.substring(cross + 1));
    elements *= Double.parseDouble(shape.substring(0, cross));
    return Work.bytes(3 * elements * Float.BYTES);
  }
}
