package taut.examples;

import static taut.layers.Activations.RELU;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import taut.core.RandomStream;
import taut.core.Tensor;
import taut.layers.Dense;
import taut.layers.Layer;
import taut.layers.Sequential;
import taut.optim.Adam;
import taut.regularizers.L2;
import taut.regularizers.Regularizer;
import taut.training.Dataset;
import taut.training.Fit;
import taut.training.History;
import taut.training.Losses;
import taut.training.Model;
import taut.training.Scores;
import taut.training.datasets.Diabetes;
import taut.training.plots.Figure;
import taut.training.plots.LearningCurves;

/// 337 patients and a network with 84,000 parameters: what overfitting looks like, and what L2 does
/// about it.
@Command(
    name = "diabetes",
    description = "442 patients, a network far too large: learning curves without and with L2.")
final class DiabetesStudy implements Callable<Integer> {
  private static final int EPOCHS = 100;
  private static final int QUICK_EPOCHS = 10;
  private static final int SEEDS = 5;
  private static final int BATCH_SIZE = 64;
  private static final int TEST_ROWS = 45;
  private static final double VALIDATION_SHARE = 0.15;
  private static final int HIDDEN_LAYERS = 6;
  private static final int HIDDEN_UNITS = 128;

  private static final String INTRODUCTION =
      """
      How far will the disease have progressed in a year? 442 patients, ten measurements each; the
      target is standardized, so that always answering the mean has an error of 1. Six hidden
      layers of 128 units have 84,000 parameters, hundreds for each patient. L2 adds λ Σw² of
      every hidden kernel to the loss.
      """;

  private static final String CONCLUSION =
      """
      What the full study shows: without a penalty the training error goes to almost nothing
      while the validation error, after a first fall, rises: the network learns the patients by
      heart. L2(1e-5) is too weak to change that. With L2(1e-2) both curves stay together, and
      patients that the network has never seen are predicted better although those it has seen
      are predicted worse.
      """;

  @Mixin private StudyOptions options;
  @Spec private CommandSpec spec;

  /// The networks that are compared, with what Keras 3.15 reaches over five seeds.
  private enum Variant {
    PLAIN("no penalty", Regularizer.none(), "0.037", "0.818", "0.037", "0.818", "0.69"),
    WEAK("L2(1e-5)", new L2(1e-5), "0.053", "0.772", "", "", "0.72"),
    STRONG("L2(1e-2)", new L2(1e-2), "0.605", "0.693", "0.462", "0.549", "0.51");

    private final String title;
    private final Regularizer regularizer;
    private final List<String> keras;

    Variant(String title, Regularizer regularizer, String... keras) {
      this.title = title;
      this.regularizer = regularizer;
      this.keras = List.of(keras);
    }

    Sequential network() {
      List<Layer> layers = new ArrayList<>();
      for (int i = 0; i < HIDDEN_LAYERS; i++) {
        layers.add(new Dense(HIDDEN_UNITS).activation(RELU).kernelRegularizer(regularizer));
      }
      layers.add(new Dense(1));
      return Sequential.of(layers);
    }
  }

  private record Split(Dataset train, Dataset validation, Dataset test) {
    static Split of(long seed) {
      Dataset all = Diabetes.load().shuffle(RandomStream.of(seed));
      Dataset test = all.take(TEST_ROWS);
      Dataset rest = all.skip(TEST_ROWS);
      int training = (int) (rest.size() * (1 - VALIDATION_SHARE));
      // Mean and deviation are the training patients': the others are not known yet.
      Tensor known = rest.take(training).y();
      double mean = known.mean().item();
      double deviation = Math.sqrt(known.sub(mean).square().mean().item());
      return new Split(
          standardized(rest.take(training), mean, deviation),
          standardized(rest.skip(training), mean, deviation),
          standardized(test, mean, deviation));
    }

    private static Dataset standardized(Dataset data, double mean, double deviation) {
      return Dataset.of(data.x(), data.y().sub(mean).div(deviation));
    }
  }

  private record Run(Variant variant, History history, Scores test) {
    Scores train() {
      return history.last().train();
    }

    Scores validation() {
      return history.last().validation().orElseThrow();
    }
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    int epochs = options.epochs(EPOCHS, QUICK_EPOCHS);
    List<Long> seeds = options.seeds(SEEDS);
    out.print(INTRODUCTION);
    out.printf("%n%d epochs, seeds %s, each with its own split:%n%n", epochs, seeds);
    Map<Variant, List<Run>> runs = runAll(epochs, seeds);
    out.println(results(runs, epochs == EPOCHS));
    out.println(CONCLUSION);
    Path folder = options.folder("diabetes");
    Figure curves = draw(runs);
    out.println("saved " + curves.savePng(folder.resolve("curves.png")));
    out.println("saved " + curves.saveSvg(folder.resolve("curves.svg")));
    return 0;
  }

  private static Map<Variant, List<Run>> runAll(int epochs, List<Long> seeds) throws Exception {
    List<Callable<Run>> trials = new ArrayList<>();
    for (Variant variant : Variant.values()) {
      seeds.forEach(seed -> trials.add(() -> run(variant, epochs, seed)));
    }
    Map<Variant, List<Run>> byVariant = new EnumMap<>(Variant.class);
    for (Run run : Trials.run(trials)) {
      byVariant.computeIfAbsent(run.variant, v -> new ArrayList<>()).add(run);
    }
    return byVariant;
  }

  private static Run run(Variant variant, int epochs, long seed) {
    Split split = Split.of(seed);
    Model model = Model.compile(variant.network(), new Adam(0.001), Losses.meanSquaredError());
    Fit fit =
        Fit.epochs(epochs).batchSize(BATCH_SIZE).seed(seed).validation(split.validation).quietly();
    History history = model.fit(split.train, fit);
    return new Run(variant, history, model.evaluate(split.test));
  }

  /// Sets each number over the one of Keras, which is known for the full run only.
  private static Table results(Map<Variant, List<Run>> runs, boolean comparable) {
    Table table =
        new Table(
            "penalty",
            "train loss",
            "validation loss",
            "train error²",
            "validation error²",
            "test error²");
    runs.forEach((variant, list) -> {
      table.add(
          variant.title,
          Spread.of(list, run -> run.train().loss()),
          Spread.of(list, run -> run.validation().loss()),
          Spread.of(list, run -> run.train().dataLoss()),
          Spread.of(list, run -> run.validation().dataLoss()),
          Spread.of(list, run -> run.test.dataLoss()));
      if (comparable) {
        List<Object> cells = new ArrayList<>(List.of("  Keras"));
        cells.addAll(variant.keras);
        table.add(cells.toArray());
      }
    });
    return table;
  }

  private static Figure draw(Map<Variant, List<Run>> runs) {
    LearningCurves curves =
        LearningCurves.titled("Diabetes: learned by heart, or penalized (mean of all seeds)")
            .loss("mean squared error", Scores::dataLoss);
    for (Map.Entry<Variant, List<Run>> entry : runs.entrySet()) {
      History mean = MeanHistory.of(entry.getValue().stream().map(Run::history).toList());
      curves = curves.run(entry.getKey().title, mean);
    }
    return curves.figure();
  }
}
