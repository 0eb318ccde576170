package taut.bench;

import static taut.layers.Activations.RELU;
import static taut.layers.Activations.SIGMOID;
import static taut.layers.Activations.SOFTMAX;

import taut.autodiff.GradientTape;
import taut.core.MemoryScope;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.layers.Conv2D;
import taut.layers.Dense;
import taut.layers.Flatten;
import taut.layers.GRU;
import taut.layers.LSTM;
import taut.layers.Layer;
import taut.layers.MaxPool2D;
import taut.layers.Pass;
import taut.layers.Recurring;
import taut.layers.Sequential;
import taut.layers.SimpleRNN;
import taut.optim.Adam;
import taut.optim.Optimizer;
import taut.optim.Sgd;
import taut.regularizers.L1;
import taut.regularizers.L2;
import taut.regularizers.Regularizer;
import taut.training.Loss;
import taut.training.Losses;

/// A network of one of the studies with random data, one batch for all steps.
///
/// @param network the network, which has its weights
/// @param loss what it is trained to make small, besides its penalties
/// @param optimizer what changes the weights
/// @param x the batch
/// @param y what is to be predicted for it
public record Study(Layer network, Loss loss, Optimizer optimizer, Tensor x, Tensor y) {
  private static final int CLASSES = 10;

  /// Makes the network and draws the data of a study and batch size, such as `fashion 32`; equal
  /// names give equal weights and data.
  public static Study of(String name) {
    String[] words = name.split(" ", -1);
    int batch = Integer.parseInt(words[1]);
    RandomStream random = RandomStream.of(2);
    Study study =
        switch (words[0]) {
          case "fashion" -> fashion(batch, random);
          case "circles" -> circles(batch, random);
          case "diabetes" -> diabetes(batch, random);
          case "cnn" -> cnn(batch, random);
          case "rnn" -> recurrent(new SimpleRNN(64), batch, random);
          case "gru" -> recurrent(new GRU(64), batch, random);
          case "lstm" -> recurrent(new LSTM(64), batch, random);
          default -> throw new IllegalArgumentException("benchmark: no study '" + name + "'");
        };
    study.network.build(study.x.shape(), RandomStream.of(1));
    return study;
  }

  /// Takes one step with a hand-written loop, in a memory scope and without metrics: forward pass,
  /// loss and penalties, gradients, optimizer. Returns the loss before the step.
  public double step() {
    try (MemoryScope _ = MemoryScope.open();
        GradientTape tape = new GradientTape();
        Pass pass = Pass.training(RandomStream.of(1))) {
      Tensor prediction = network.apply(x, pass);
      Tensor total = loss.of(y, prediction).add(pass.penalties().total());
      optimizer.apply(tape.gradient(total, network.trainableVariables()));
      return total.item();
    }
  }

  private static Study fashion(int batch, RandomStream random) {
    Regularizer custom = w -> w.square().sum().mul(0.02);
    Layer network =
        Sequential.of(
            new Dense(200).activation(RELU).kernelRegularizer(custom),
            new Dense(100).activation(RELU).kernelRegularizer(custom),
            new Dense(50).activation(RELU).kernelRegularizer(custom),
            new Dense(CLASSES).activation(SOFTMAX));
    Tensor labels = labels(batch, random);
    return new Study(
        network,
        Losses.sparseCategoricalCrossentropy(),
        new Sgd(0.01),
        random.uniform(Shape.of(batch, 784), 0, 1),
        labels);
  }

  private static Tensor labels(int batch, RandomStream random) {
    int[] labels = new int[batch];
    for (int i = 0; i < batch; i++) {
      labels[i] = random.nextInt(CLASSES);
    }
    return Tensor.of(Shape.of(batch), labels);
  }

  private static Study circles(int batch, RandomStream random) {
    Layer network =
        Sequential.of(
            new Dense(500).activation(RELU).activityRegularizer(new L1(1e-4)),
            new Dense(1).activation(SIGMOID));
    return new Study(
        network,
        Losses.binaryCrossentropy(),
        new Adam(0.001),
        random.uniform(Shape.of(batch, 2), -1, 1),
        random.mask(Shape.of(batch, 1), 0.5, 1));
  }

  private static Study diabetes(int batch, RandomStream random) {
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
        random.normal(Shape.of(batch, 10), 0, 1),
        random.normal(Shape.of(batch, 1), 0, 1));
  }

  private static Study cnn(int batch, RandomStream random) {
    Layer network =
        Sequential.of(
            new Conv2D(32, 3).activation(RELU),
            new Conv2D(64, 3).activation(RELU),
            new MaxPool2D(2),
            new Flatten(),
            new Dense(128).activation(RELU),
            new Dense(CLASSES).activation(SOFTMAX));
    Tensor labels = labels(batch, random);
    return new Study(
        network,
        Losses.sparseCategoricalCrossentropy(),
        new Adam(0.001),
        random.uniform(Shape.of(batch, 28, 28, 1), 0, 1),
        labels);
  }

  private static Study recurrent(Recurring<?> memory, int batch, RandomStream random) {
    Layer network = Sequential.of(memory.activityRegularizer(new L1(1e-4)), new Dense(1));
    return new Study(
        network,
        Losses.meanSquaredError(),
        new Adam(0.001),
        random.normal(Shape.of(batch, 50, 16), 0, 1),
        random.normal(Shape.of(batch, 1), 0, 1));
  }
}
