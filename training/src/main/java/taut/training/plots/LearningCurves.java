package taut.training.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import taut.training.History;
import taut.training.Scores;

/// Plots scores over epochs, for training and validation data: one column of panels a run, one row
/// a score.
///
/// ```java
/// LearningCurves.titled("Diabetes: learning curves")
///     .loss("mean squared error", Scores::loss)
///     .run("no penalty", plain)
///     .run("L2(0.01)", penalized)
///     .figure()
///     .savePng(Path.of("curves.png"));
/// ```
///
/// All panels of a row have the same y axis, so that runs can be compared by eye. A ring marks the
/// epoch of the best validation score where the score is a loss: what training goes on to gain
/// after it is lost on unseen data.
public final class LearningCurves {
  private static final int PLOT_WIDTH = 300;
  private static final int PLOT_HEIGHT = 230;
  private static final BasicStroke STROKE =
      new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  private static final Dot BEST = new Dot(11, Palette.PAPER, Palette.VERMILLION, 2.2);

  private record Score(String name, boolean isLoss, ToDoubleFunction<Scores> value) {}

  private record Run(String title, History history) {}

  private final String title;
  private final List<Score> scores;
  private final List<Run> runs;

  private LearningCurves(String title, List<Score> scores, List<Run> runs) {
    this.title = title;
    this.scores = scores;
    this.runs = runs;
  }

  /// Begins a plot.
  ///
  /// @param title what it shows
  public static LearningCurves titled(String title) {
    return new LearningCurves(title, List.of(), List.of());
  }

  /// Adds a row of panels for something that training makes small.
  ///
  /// @param name the title of the y axis, with its unit where it has one
  public LearningCurves loss(String name, ToDoubleFunction<Scores> value) {
    return new LearningCurves(title, with(scores, new Score(name, true, value)), runs);
  }

  /// Adds a row of panels for any other score, such as accuracy.
  ///
  /// @param name the title of the y axis, with its unit where it has one
  public LearningCurves metric(String name, ToDoubleFunction<Scores> value) {
    return new LearningCurves(title, with(scores, new Score(name, false, value)), runs);
  }

  /// Adds a column of panels.
  ///
  /// @param title what sets this run apart
  public LearningCurves run(String title, History history) {
    return new LearningCurves(this.title, scores, with(runs, new Run(title, history)));
  }

  private static <T> List<T> with(List<T> list, T element) {
    List<T> more = new ArrayList<>(list);
    more.add(element);
    return List.copyOf(more);
  }

  /// Draws the plot.
  ///
  /// @throws IllegalStateException if no score or no run was added
  public Figure figure() {
    if (scores.isEmpty() || runs.isEmpty()) {
      throw new IllegalStateException(
          "learning curves: wants a score and a run or more, got "
              + scores.size()
              + " scores and "
              + runs.size()
              + " runs");
    }
    List<List<Panel>> rows = new ArrayList<>();
    for (Score score : scores) {
      Range range = range(score);
      rows.add(IntStream.range(0, runs.size()).mapToObj(i -> panel(score, i, range)).toList());
    }
    return new PanelGrid(title, legend(), rows, PLOT_WIDTH, PLOT_HEIGHT).figure();
  }

  /// Draws a score against the epoch, with no more points than a panel has room for.
  private static void line(Panel panel, double[] values, Color color) {
    int step = Math.max(1, values.length / PLOT_WIDTH);
    int[] shown =
        IntStream.range(0, values.length)
            .filter(i -> i % step == 0 || i == values.length - 1)
            .toArray();
    panel.line(
        IntStream.of(shown).mapToDouble(i -> i + 1).toArray(),
        IntStream.of(shown).mapToDouble(i -> values[i]).toArray(),
        color,
        STROKE);
  }

  private List<LegendEntry> legend() {
    List<LegendEntry> legend = new ArrayList<>();
    legend.add(LegendEntry.line("training data", Palette.BLUE, STROKE));
    if (runs.stream().anyMatch(run -> run.history.hasValidation())) {
      legend.add(LegendEntry.line("validation data", Palette.VERMILLION, STROKE));
      if (scores.stream().anyMatch(Score::isLoss)) {
        legend.add(LegendEntry.dot("lowest on validation data", BEST));
      }
    }
    return legend;
  }

  private Panel panel(Score score, int column, Range range) {
    Run run = runs.get(column);
    boolean lowest = score == scores.getLast();
    double[] train = run.history.train(score.value);
    Panel panel =
        new Panel(
            score == scores.getFirst() ? run.title : " ",
            lowest ? "epoch" : " ",
            column == 0 ? score.name : "",
            Range.fromZeroTo(Math.max(1, train.length)),
            range);
    line(panel, train, Palette.BLUE);
    if (run.history.hasValidation()) {
      double[] validation = run.history.validation(score.value);
      line(panel, validation, Palette.VERMILLION);
      if (score.isLoss) {
        markLowest(panel, validation);
      }
    }
    return panel;
  }

  private static void markLowest(Panel panel, double[] validation) {
    int best = 0;
    for (int i = 1; i < validation.length; i++) {
      if (validation[i] < validation[best]) {
        best = i;
      }
    }
    panel.points(new double[] {best + 1}, new double[] {validation[best]}, BEST);
  }

  private Range range(Score score) {
    Range range = Range.around(values(score), 0.06);
    boolean nonNegative = values(score).filter(Double::isFinite).allMatch(value -> value >= 0);
    // What is left of a loss is seen against zero; an accuracy of zero means nothing.
    return score.isLoss && nonNegative ? Range.fromZeroTo(range.high()) : range;
  }

  private DoubleStream values(Score score) {
    return runs.stream()
        .map(Run::history)
        .flatMapToDouble(history ->
            DoubleStream.concat(
                Arrays.stream(history.train(score.value)),
                history.hasValidation()
                    ? Arrays.stream(history.validation(score.value))
                    : DoubleStream.empty()));
  }
}
