package taut.examples;

import static taut.layers.Activations.RELU;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import taut.autodiff.GradientTape;
import taut.autodiff.Variable;
import taut.core.MemoryScope;
import taut.core.RandomStream;
import taut.core.Tensor;
import taut.layers.Dense;
import taut.layers.Pass;
import taut.layers.Sequential;
import taut.optim.Adam;
import taut.optim.Optimizer;
import taut.regularizers.HalfL2;
import taut.regularizers.Regularizer;
import taut.training.Batch;
import taut.training.Dataset;
import taut.training.Epoch;
import taut.training.Fit;
import taut.training.History;
import taut.training.Loss;
import taut.training.Losses;
import taut.training.Model;
import taut.training.Scores;
import taut.training.datasets.Diabetes;
import taut.training.plots.LearningCurves;

/// The training loop written by hand, with a tape, and the proof that it is what `fit` does.
@Command(
    name = "tape",
    description = "A training loop by hand with a gradient tape, beside what fit does.")
final class TapeStudy implements Callable<Integer> {
  private static final int EPOCHS = 20;
  private static final int QUICK_EPOCHS = 3;
  private static final int SEEDS = 1;
  private static final int BATCH_SIZE = 64;
  private static final double LAMBDA = 0.01;

  private static final String INTRODUCTION =
      """
      The training loop by hand: shuffle, cut into batches, record the loss on a tape, ask for the
      gradients, take a step. The loss is the mean squared error plus λ · ½Σw² of every trainable
      variable, λ = 0.01, as many tutorials write it. Beside it, fit does the same through
      regularizers: HalfL2(0.01) on each kernel and each bias.
      """;

  private static final String CONCLUSION =
      """
      What to know before copying the loop:
        - ½Σw² is tf.nn.l2_loss. L2(λ) of Keras and of Taut has no ½: the same penalty is L2(0.005).
        - "All trainable variables" includes the biases. They are seldom penalized: a bias does not
          make a function steep, it only moves it.
        - The penalty is part of the loss inside the tape. Outside it would have no gradient.
      """;

  @Mixin private StudyOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    int epochs = options.epochs(EPOCHS, QUICK_EPOCHS);
    out.println(INTRODUCTION);
    boolean allEqual = true;
    LearningCurves curves =
        LearningCurves.titled("The loop by hand and fit: one curve")
            .loss("mean squared error + penalty", Scores::loss);
    for (long seed : options.seeds(SEEDS)) {
      Runs runs = run(epochs, seed);
      allEqual &= report(out, runs, seed);
      curves =
          curves
              .run("by hand, seed " + seed, new History(runs.hand))
              .run("fit, seed " + seed, new History(runs.fit));
    }
    out.println(CONCLUSION);
    Path folder = options.folder("tape");
    out.println("saved " + curves.figure().savePng(folder.resolve("curves.png")));
    out.println("saved " + curves.figure().saveSvg(folder.resolve("curves.svg")));
    return allEqual ? 0 : 1;
  }

  /// What both ways of training brought.
  private record Runs(List<Epoch> hand, List<Epoch> fit, Sequential byHand, Sequential byFit) {}

  private static Runs run(int epochs, long seed) {
    RandomStream random = RandomStream.of(seed);
    Dataset patients = standardized(Diabetes.load());
    Loss loss = Losses.meanSquaredError();

    Sequential byHand = network(Regularizer.none());
    byHand.build(patients.take(1).x().shape(), random.split(0));
    Sequential byFit = network(new HalfL2(LAMBDA));
    byFit.build(patients.take(1).x().shape(), random.split(0));
    Optimizer optimizer = new Adam(0.001);
    Model model = Model.compile(byFit, new Adam(0.001), loss);

    Runs runs = new Runs(new ArrayList<>(), new ArrayList<>(), byHand, byFit);
    Fit once = Fit.epochs(1).batchSize(BATCH_SIZE).inOrder().quietly();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      Dataset shuffled = patients.shuffle(random.split(epoch));
      Scores scores = epochByHand(byHand, optimizer, loss, shuffled);
      runs.hand.add(new Epoch(epoch, scores, Optional.empty(), 0, 0));
      runs.fit.add(
          new Epoch(epoch, model.fit(shuffled, once).last().train(), Optional.empty(), 0, 0));
    }
    return runs;
  }

  private static boolean report(PrintWriter out, Runs runs, long seed) {
    Table table = new Table("epoch", "loss by hand", "loss of fit", "difference");
    for (int i = 0; i < runs.hand.size(); i++) {
      double hand = runs.hand.get(i).train().loss();
      double fit = runs.fit.get(i).train().loss();
      table.add(i + 1, eight(hand), eight(fit), String.format(Locale.ROOT, "%.1g", hand - fit));
    }
    boolean equal = sameBits(runs.byHand.variables(), runs.byFit.variables());
    out.printf("%d epochs, seed %d:%n%n%s%n", runs.hand.size(), seed, table);
    int weights =
        runs.byHand.variables().stream().mapToInt(variable -> variable.shape().size()).sum();
    out.printf(
        "All %,d weights are %s.%n%n",
        weights, equal ? "equal, bit for bit" : "NOT equal: this is a fault of Taut");
    return equal;
  }

  /// The loop itself: everything a training step is.
  private static Scores epochByHand(
      Sequential network, Optimizer optimizer, Loss lossFunction, Dataset shuffled) {
    double dataLosses = 0;
    double penalties = 0;
    for (Batch batch : shuffled.batch(BATCH_SIZE)) {
      try (MemoryScope _ = MemoryScope.open();
          GradientTape tape = new GradientTape();
          Pass pass = Pass.training(RandomStream.of(0))) {
        Tensor prediction = network.apply(batch.x(), pass);
        Tensor dataLoss = lossFunction.of(batch.y(), prediction);
        Tensor penalty = halfL2(network);
        optimizer.apply(tape.gradient(dataLoss.add(penalty), network.trainableVariables()));
        dataLosses += dataLoss.item() * batch.size();
        penalties += penalty.item() * batch.size();
      }
    }
    double data = dataLosses / shuffled.size();
    double penalty = penalties / shuffled.size();
    return new Scores(data + penalty, data, penalty, Map.of());
  }

  private static Tensor halfL2(Sequential network) {
    return network.trainableVariables().stream()
        .map(variable -> variable.value().sumOfSquares().mul(0.5 * LAMBDA))
        .reduce(Tensor::add)
        .orElseThrow();
  }

  private static Sequential network(Regularizer regularizer) {
    return Sequential.of(
        new Dense(64).activation(RELU).kernelRegularizer(regularizer).biasRegularizer(regularizer),
        new Dense(64).activation(RELU).kernelRegularizer(regularizer).biasRegularizer(regularizer),
        new Dense(1).kernelRegularizer(regularizer).biasRegularizer(regularizer));
  }

  private static Dataset standardized(Dataset data) {
    Tensor y = data.y();
    double mean = y.mean().item();
    double deviation = Math.sqrt(y.sub(mean).square().mean().item());
    return Dataset.of(data.x(), y.sub(mean).div(deviation));
  }

  private static boolean sameBits(List<Variable> first, List<Variable> second) {
    return IntStream.range(0, first.size())
        .allMatch(
            i -> Arrays.equals(first.get(i).value().toFloats(), second.get(i).value().toFloats()));
  }

  private static String eight(double value) {
    return String.format(Locale.ROOT, "%.8f", value);
  }
}
