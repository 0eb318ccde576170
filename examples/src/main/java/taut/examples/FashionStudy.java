package taut.examples;

import static taut.layers.Activations.RELU;
import static taut.layers.Activations.SOFTMAX;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import taut.core.Tensor;
import taut.layers.Dense;
import taut.layers.Flatten;
import taut.layers.Sequential;
import taut.optim.Sgd;
import taut.regularizers.Regularizer;
import taut.training.Dataset;
import taut.training.Epoch;
import taut.training.Fit;
import taut.training.History;
import taut.training.Losses;
import taut.training.Metrics;
import taut.training.Model;
import taut.training.Scores;
import taut.training.datasets.FashionMnist;
import taut.training.plots.Figure;
import taut.training.plots.ImageGrid;
import taut.training.plots.LearningCurves;

/// Pictures of clothes, and a regularizer that is a lambda of one's own.
@Command(
    name = "fashion",
    description = "Fashion-MNIST: a regularizer of one's own, written as a lambda.")
final class FashionStudy implements Callable<Integer> {
  private static final int EPOCHS = 60;
  private static final int QUICK_EPOCHS = 2;
  private static final int SEEDS = 1;
  private static final int LARGEST_VALIDATION = 5_000;
  private static final int PICTURES = 10;
  private static final int PICTURE_COLUMNS = 5;
  private static final int[] MILESTONES = {1, 2, 3, 5, 10, 20, 30, 40, 50, 60};

  private static final Regularizer CUSTOM_L2 = w -> w.square().sum().mul(0.02);

  private static final String INTRODUCTION =
      """
      60,000 grey images of clothes in ten classes. Any function of a weight to a number is a
      regularizer; this one, w -> w.square().sum().mul(0.02), penalizes the three hidden kernels
      of a network 784-200-100-50-10 that learns by plain gradient descent. Beside it, the same
      network without a penalty.
      """;

  private static final String CONCLUSION =
      """
      What the full study shows: 0.02 is strong. The penalized network's training and validation
      curves lie on each other, it does not overfit at all, but it underfits: both are worse than
      without the penalty. Without it the training loss goes on falling when the validation loss
      no longer does. The best λ lies in between; a penalty is a dial and not a switch.
      """;

  @Mixin private StudyOptions options;
  @Spec private CommandSpec spec;

  private record Run(Model model, History history, Scores test) {
    double testAccuracy() {
      return test.metric("accuracy");
    }

    /// Returns the most memory that the tensors of a step took.
    double peakMegabytes() {
      return history.epochs().stream().mapToLong(Epoch::peakBytes).max().orElseThrow() * 1e-6;
    }

    double secondsPerEpoch() {
      return history.epochs().stream().mapToDouble(Epoch::seconds).average().orElseThrow();
    }
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    int epochs = options.epochs(EPOCHS, QUICK_EPOCHS);
    List<Long> seeds = options.seeds(SEEDS);
    Dataset all = FashionMnist.train();
    // The first 5,000 images validate; of a smaller set, the first tenth.
    int validation = Math.min(LARGEST_VALIDATION, all.size() / 10);
    Dataset train = all.skip(validation);
    Dataset valid = all.take(validation);
    Dataset test = FashionMnist.test();
    out.print(INTRODUCTION);
    out.printf(
        "%nTrained on %,d images, validated on %,d, tested on %,d; %d epochs, seeds %s.%n%n",
        train.size(), valid.size(), test.size(), epochs, seeds);
    out.flush();
    List<Run> penalized = runAll(CUSTOM_L2, train, valid, test, epochs, seeds);
    List<Run> plain = runAll(Regularizer.none(), train, valid, test, epochs, seeds);
    out.println(results(penalized, plain));
    out.println("Training loss, penalty included, along the way:");
    out.println();
    out.println(losses(penalized, plain, epochs));
    out.println(CONCLUSION);
    predict(out, penalized.getFirst().model, test, options.folder("fashion"));
    Figure curves = curves(penalized.getFirst(), plain.getFirst());
    out.println("saved " + curves.savePng(options.folder("fashion").resolve("curves.png")));
    out.println("saved " + curves.saveSvg(options.folder("fashion").resolve("curves.svg")));
    return 0;
  }

  private static Sequential network(Regularizer regularizer) {
    return Sequential.of(
        new Flatten(),
        new Dense(200).activation(RELU).kernelRegularizer(regularizer),
        new Dense(100).activation(RELU).kernelRegularizer(regularizer),
        new Dense(50).activation(RELU).kernelRegularizer(regularizer),
        new Dense(10).activation(SOFTMAX));
  }

  private static List<Run> runAll(
      Regularizer regularizer,
      Dataset train,
      Dataset valid,
      Dataset test,
      int epochs,
      List<Long> seeds) {
    List<Run> runs = new ArrayList<>();
    for (long seed : seeds) {
      Model model =
          Model.compile(
              network(regularizer),
              new Sgd(0.01),
              Losses.sparseCategoricalCrossentropy(),
              Metrics.accuracy());
      History history =
          model.fit(train, Fit.epochs(epochs).batchSize(32).seed(seed).validation(valid));
      runs.add(new Run(model, history, model.evaluate(test)));
    }
    return runs;
  }

  private static Table results(List<Run> penalized, List<Run> plain) {
    Table table =
        new Table(
            "penalty",
            "train accuracy",
            "validation accuracy",
            "test accuracy",
            "test loss",
            "of it penalty",
            "seconds an epoch",
            "MB a step");
    addResult(table, "w.square().sum().mul(0.02)", penalized);
    addResult(table, "none", plain);
    return table;
  }

  private static void addResult(Table table, String name, List<Run> runs) {
    table.add(
        name,
        Spread.of(runs, run -> run.history.last().train().metric("accuracy")),
        Spread.of(runs, run -> run.history.last().validation().orElseThrow().metric("accuracy")),
        Spread.of(runs, Run::testAccuracy),
        Spread.of(runs, run -> run.test.loss()),
        Spread.of(runs, run -> run.test.penalty()),
        String.format(Locale.ROOT, "%.2f", Spread.of(runs, Run::secondsPerEpoch).mean()),
        String.format(Locale.ROOT, "%.1f", Spread.of(runs, Run::peakMegabytes).mean()));
  }

  private static Table losses(List<Run> penalized, List<Run> plain, int epochs) {
    Table table = new Table("epoch", "with penalty", "without");
    for (int epoch : IntStream.of(MILESTONES).filter(e -> e <= epochs).toArray()) {
      table.add(
          epoch,
          Spread.of(penalized, run -> run.history.loss()[epoch - 1]),
          Spread.of(plain, run -> run.history.loss()[epoch - 1]));
    }
    return table;
  }

  private static void predict(PrintWriter out, Model model, Dataset test, Path folder) {
    Dataset first = test.take(Math.min(PICTURES, test.size()));
    Tensor probabilities = model.predict(first.x());
    int[] predicted = probabilities.argmax(-1).toInts();
    float[] shares = probabilities.toFloats();
    int[] labels = first.y().toInts();
    out.println("The first test images, by the penalized network:");
    out.println();
    Table table = new Table("image", "predicted", "probability", "is");
    List<ImageGrid.Caption> captions = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      String guess = FashionMnist.CLASS_NAMES.get(predicted[i]);
      String truth = FashionMnist.CLASS_NAMES.get(labels[i]);
      boolean wrong = predicted[i] != labels[i];
      double share = shares[i * FashionMnist.CLASS_NAMES.size() + predicted[i]];
      String percent = String.format(Locale.ROOT, "%.0f %%", 100 * share);
      table.add(i + 1, guess, percent, truth);
      captions.add(
          new ImageGrid.Caption(guess, percent + (wrong ? ", is: " + truth : ", right"), wrong));
    }
    out.println(table);
    Figure pictures =
        ImageGrid.of(
            "Fashion-MNIST: what the network takes them for", first.x(), captions, PICTURE_COLUMNS);
    out.println("saved " + pictures.savePng(folder.resolve("predictions.png")));
  }

  private static Figure curves(Run penalized, Run plain) {
    return LearningCurves.titled("Fashion-MNIST: with and without a strong penalty")
        .loss("cross-entropy (nats)", Scores::dataLoss)
        .metric("accuracy", scores -> scores.metric("accuracy"))
        .run("0.02 · Σw² on hidden kernels", penalized.history)
        .run("no penalty", plain.history)
        .figure();
  }
}
