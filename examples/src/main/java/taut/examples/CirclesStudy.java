package taut.examples;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import taut.core.RandomStream;
import taut.optim.Adam;
import taut.training.Dataset;
import taut.training.Fit;
import taut.training.History;
import taut.training.Losses;
import taut.training.Metrics;
import taut.training.Model;
import taut.training.Scores;
import taut.training.datasets.Circles;
import taut.training.plots.DecisionBoundary;
import taut.training.plots.LearningCurves;

/// Two circles, 30 points to learn from: does an L1 penalty of the activations help, and does it
/// matter where it stands?
@Command(
    name = "circles",
    description =
        "Two circles, 30 points: an L1 penalty on the activations, before and after the ReLU.")
final class CirclesStudy implements Callable<Integer> {
  private static final int EPOCHS = 4000;
  private static final int QUICK_EPOCHS = 200;
  private static final int SEEDS = 5;
  private static final int POINTS = 100;
  private static final int TRAINING_POINTS = 30;
  private static final double NOISE = 0.1;
  private static final int[] MILESTONES = {1, 10, 100, 500, 1000, 2000, 4000};

  private static final String INTRODUCTION =
      """
      Two circles, one inside the other, with noise. A network of 500 hidden units learns from 30
      points and is tested on 70 others. It has 2001 parameters, enough to learn every training
      point by heart, noise and all. An L1 penalty on what the hidden layer puts out makes it say
      less; it can stand before or after the ReLU.
      """;

  private static final String CONCLUSION =
      """
      What the full study shows: with λ = 3e-3 before the ReLU the network gives up a training
      point and gets more of the test points right. Before the ReLU the penalty pulls all values
      towards zero, also those that ReLU cuts off. After it the same penalty only sees the values
      that are used, every training point is still learned by heart, and it does not help.

      Tutorials written for Keras 2.2 and 2.3 use λ = 1e-4 and report this effect. These versions
      summed an activity penalty over the batch; Keras today, and Taut, divide the sum by the
      batch size. With their batch of 30, the old 1e-4 is 3e-3 today. 1e-4 as it is now does next
      to nothing.
      """;

  @Mixin private StudyOptions options;

  @Option(
      names = "--generated",
      description = "Make points from the seed instead of taking the published ones.")
  private boolean generated;

  @Spec private CommandSpec spec;

  private record Run(
      CirclesVariant variant, Model model, History history, Scores train, Scores test) {
    double accuracyOn(Scores scores) {
      return scores.metric("accuracy");
    }
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    int epochs = options.epochs(EPOCHS, QUICK_EPOCHS);
    List<Long> seeds = options.seeds(SEEDS);
    Dataset points =
        generated
            ? Circles.make(POINTS, NOISE, Circles.DEFAULT_FACTOR, RandomStream.of(seeds.getFirst()))
            : Circles.published();
    Dataset train = points.take(TRAINING_POINTS);
    Dataset test = points.skip(TRAINING_POINTS);
    out.print(INTRODUCTION);
    out.printf(
        "%n%s, %d epochs, seeds %s:%n%n",
        generated ? "Points made from the seed" : "The published points", epochs, seeds);
    Map<CirclesVariant, List<Run>> runs = runAll(train, test, epochs, seeds);
    boolean comparable = !generated && epochs == EPOCHS;
    out.println(results(runs, comparable));
    out.println("Training loss, penalty included, along the way:");
    out.println();
    out.println(losses(runs, epochs, !generated));
    out.println(CONCLUSION);
    Path folder = options.folder("circles");
    for (Path picture : draw(runs, train, test, folder)) {
      out.println("saved " + picture);
    }
    return 0;
  }

  private static Map<CirclesVariant, List<Run>> runAll(
      Dataset train, Dataset test, int epochs, List<Long> seeds) throws Exception {
    List<Callable<Run>> trials = new ArrayList<>();
    for (CirclesVariant variant : CirclesVariant.values()) {
      seeds.forEach(seed -> trials.add(() -> run(variant, train, test, epochs, seed)));
    }
    Map<CirclesVariant, List<Run>> byVariant = new EnumMap<>(CirclesVariant.class);
    for (Run run : Trials.run(trials)) {
      byVariant.computeIfAbsent(run.variant, v -> new ArrayList<>()).add(run);
    }
    return byVariant;
  }

  private static Run run(
      CirclesVariant variant, Dataset train, Dataset test, int epochs, long seed) {
    Model model =
        Model.compile(
            variant.network(), new Adam(0.001), Losses.binaryCrossentropy(), Metrics.accuracy());
    Fit fit = Fit.epochs(epochs).batchSize(32).seed(seed).validation(test).quietly();
    History history = model.fit(train, fit);
    return new Run(variant, model, history, model.evaluate(train), model.evaluate(test));
  }

  private static Table results(Map<CirclesVariant, List<Run>> runs, boolean comparable) {
    Table table =
        comparable
            ? new Table(
                "penalty",
                "train accuracy",
                "Keras",
                "test accuracy",
                "Keras",
                "crossentropy",
                "Keras")
            : new Table("penalty", "train accuracy", "test accuracy", "crossentropy");
    runs.forEach((variant, list) -> {
      Spread train = Spread.of(list, run -> run.accuracyOn(run.train));
      Spread test = Spread.of(list, run -> run.accuracyOn(run.test));
      double end = Spread.of(list, run -> run.history.last().train().dataLoss()).mean();
      CirclesVariant.Keras keras = variant.keras();
      if (comparable) {
        table.add(
            variant.title(),
            train,
            keras.train(),
            test,
            keras.test(),
            four(end),
            keras.crossEntropy());
      } else {
        table.add(variant.title(), train, test, four(end));
      }
    });
    return table;
  }

  private static Table losses(Map<CirclesVariant, List<Run>> runs, int epochs, boolean comparable) {
    List<CirclesVariant> shown = List.of(CirclesVariant.NONE, CirclesVariant.WEAK_BEFORE);
    List<String> headings = new ArrayList<>(List.of("epoch"));
    for (CirclesVariant variant : shown) {
      headings.add(variant.title());
      if (comparable) {
        headings.add("Keras");
      }
    }
    Table table = new Table(headings.toArray(String[]::new));
    for (int epoch : IntStream.of(MILESTONES).filter(e -> e <= epochs).toArray()) {
      List<Object> cells = new ArrayList<>(List.of(epoch));
      for (CirclesVariant variant : shown) {
        cells.add(
            four(
                Spread.of(
                        Objects.requireNonNull(runs.get(variant)),
                        run -> run.history.loss()[epoch - 1])
                    .mean()));
        if (comparable) {
          cells.add(
              Optional.ofNullable(variant.keras().losses().get(epoch))
                  .map(CirclesStudy::four)
                  .orElse(""));
        }
      }
      table.add(cells.toArray());
    }
    return table;
  }

  private static String four(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static List<Path> draw(
      Map<CirclesVariant, List<Run>> runs, Dataset train, Dataset test, Path folder) {
    DecisionBoundary boundary =
        DecisionBoundary.titled(
                "Two circles learned from 30 points: where each network draws the line",
                train,
                test)
            .classes("outer circle", "inner circle");
    LearningCurves curves =
        LearningCurves.titled("Two circles: the training points are easy (mean of all seeds)")
            .loss("binary cross-entropy (nats)", Scores::dataLoss)
            .metric("accuracy", scores -> scores.metric("accuracy"));
    for (Map.Entry<CirclesVariant, List<Run>> entry : runs.entrySet()) {
      CirclesVariant variant = entry.getKey();
      Run run = entry.getValue().getFirst();
      String accuracy = String.format(Locale.ROOT, "%.0f %%", 100 * run.accuracyOn(run.test));
      boundary = boundary.model(variant.title() + ": " + accuracy + " of test", run.model::predict);
      if (variant != CirclesVariant.WEAK_BEFORE && variant != CirclesVariant.WEAK_AFTER) {
        History mean = MeanHistory.of(entry.getValue().stream().map(Run::history).toList());
        curves = curves.run(variant.title(), mean);
      }
    }
    return List.of(
        boundary.figure().savePng(folder.resolve("boundaries.png")),
        curves.figure().savePng(folder.resolve("curves.png")),
        curves.figure().saveSvg(folder.resolve("curves.svg")));
  }
}
