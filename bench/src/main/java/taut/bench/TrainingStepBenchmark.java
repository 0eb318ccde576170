package taut.bench;

import static taut.layers.Activations.RELU;
import static taut.layers.Activations.SIGMOID;
import static taut.layers.Activations.SOFTMAX;

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
import taut.layers.Conv2D;
import taut.layers.Dense;
import taut.layers.Flatten;
import taut.layers.LSTM;
import taut.layers.Layer;
import taut.layers.MaxPool2D;
import taut.layers.Pass;
import taut.layers.Sequential;
import taut.optim.Adam;
import taut.optim.Optimizer;
import taut.optim.Sgd;
import taut.regularizers.L1;
import taut.regularizers.L2;
import taut.regularizers.Regularizer;
import taut.training.Loss;
import taut.training.Losses;

/// Measures whole training steps of the studies' networks: forward pass, loss and penalties,
/// gradients, optimizer.
///
/// The loop is the hand-written one, with a memory scope and without metrics; the data are random,
/// one batch for all steps.
@State(Scope.Benchmark)
public class TrainingStepBenchmark extends BenchmarkSettings {
  private static final int CLASSES = 10;

  /// Which network and batch size: Fashion-MNIST with 0.02·Σw² on three kernels; circles with an
  /// activity penalty; diabetes with L2 on every kernel; a small convolutional network on images of
  /// 28×28; a long short-term memory of 64 units with an activity penalty on 50 steps of 16
  /// features.
  @Param({"fashion 32", "fashion 256", "circles 30", "diabetes 32", "cnn 32", "lstm 32"})
  public String study = "";

  private Study running = Study.circles(1);

  /// Makes the benchmark; JMH does.
  public TrainingStepBenchmark() {}

  /// Makes the network and draws the data.
  @Setup
  public void prepare() {
    String[] words = study.split(" ", -1);
    int batch = Integer.parseInt(words[1]);
    running =
        switch (words[0]) {
          case "fashion" -> Study.fashion(batch);
          case "circles" -> Study.circles(batch);
          case "diabetes" -> Study.diabetes(batch);
          case "cnn" -> Study.cnn(batch);
          case "lstm" -> Study.lstm(batch);
          default -> throw new IllegalArgumentException("benchmark: no study '" + study + "'");
        };
    running.network.build(running.x.shape(), RandomStream.of(1));
  }

  /// Takes one step.
  @Benchmark
  public double step(KernelThreads threads) {
    Study s = running;
    try (MemoryScope _ = MemoryScope.open();
        GradientTape tape = new GradientTape();
        Pass pass = Pass.training(RandomStream.of(1))) {
      Tensor prediction = s.network.apply(s.x, pass);
      Tensor loss = s.loss.of(s.y, prediction).add(pass.penalties().total());
      s.optimizer.apply(tape.gradient(loss, s.network.trainableVariables()));
      return loss.item();
    }
  }

  static Work work(String method, UnaryOperator<String> parameter) {
    return Work.calls("steps/s");
  }

  private record Study(Layer network, Loss loss, Optimizer optimizer, Tensor x, Tensor y) {
    private static final RandomStream RANDOM = RandomStream.of(2);

    static Study fashion(int batch) {
      Regularizer custom = w -> w.square().sum().mul(0.02);
      Layer network =
          Sequential.of(
              new Dense(200).activation(RELU).kernelRegularizer(custom),
              new Dense(100).activation(RELU).kernelRegularizer(custom),
              new Dense(50).activation(RELU).kernelRegularizer(custom),
              new Dense(CLASSES).activation(SOFTMAX));
      return new Study(
          network,
          Losses.sparseCategoricalCrossentropy(),
          new Sgd(0.01),
          RANDOM.uniform(Shape.of(batch, 784), 0, 1),
          labels(batch));
    }

    private static Tensor labels(int batch) {
      int[] labels = new int[batch];
      for (int i = 0; i < batch; i++) {
        labels[i] = RANDOM.nextInt(CLASSES);
      }
      return Tensor.of(Shape.of(batch), labels);
    }

    static Study circles(int batch) {
      Layer network =
          Sequential.of(
              new Dense(500).activation(RELU).activityRegularizer(new L1(1e-4)),
              new Dense(1).activation(SIGMOID));
      return new Study(
          network,
          Losses.binaryCrossentropy(),
          new Adam(0.001),
          RANDOM.uniform(Shape.of(batch, 2), -1, 1),
          RANDOM.mask(Shape.of(batch, 1), 0.5, 1));
    }

    static Study diabetes(int batch) {
      Regularizer l2 = new L2(0.01);
      Layer network =
          Sequential.of(
              new Dense(128).activation(RELU).kernelRegularizer(l2),
              new Dense(64).activation(RELU).kernelRegularizer(l2),
              new Dense(64).activation(RELU).kernelRegularizer(l2),
              new Dense(64).activation(RELU).kernelRegularizer(l2),
              new Dense(64).activation(RELU).kernelRegularizer(l2),
              new Dense(64).activation(RELU).kernelRegularizer(l2),
              new Dense(1));
      return new Study(
          network,
          Losses.meanSquaredError(),
          new Adam(0.001),
          RANDOM.normal(Shape.of(batch, 10), 0, 1),
          RANDOM.normal(Shape.of(batch, 1), 0, 1));
    }

    static Study cnn(int batch) {
      Layer network =
          Sequential.of(
              new Conv2D(32, 3).activation(RELU),
              new Conv2D(64, 3).activation(RELU),
              new MaxPool2D(2),
              new Flatten(),
              new Dense(128).activation(RELU),
              new Dense(CLASSES).activation(SOFTMAX));
      return new Study(
          network,
          Losses.sparseCategoricalCrossentropy(),
          new Adam(0.001),
          RANDOM.uniform(Shape.of(batch, 28, 28, 1), 0, 1),
          labels(batch));
    }

    static Study lstm(int batch) {
      Layer network = Sequential.of(new LSTM(64).activityRegularizer(new L1(1e-4)), new Dense(1));
      return new Study(
          network,
          Losses.meanSquaredError(),
          new Adam(0.001),
          RANDOM.normal(Shape.of(batch, 50, 16), 0, 1),
          RANDOM.normal(Shape.of(batch, 1), 0, 1));
    }
  }
}
