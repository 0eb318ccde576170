package taut.training.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.training.Dataset;

/// Plots how models divide the plane between two classes: one panel a model, three in a row, with
/// the points they learned from and those they did not see.
///
/// The background is shaded by the predicted probability, and a line shows where it is one half.
///
/// ```java
/// DecisionBoundary.titled("Two circles", train, test)
///     .classes("outer circle", "inner circle")
///     .model("no penalty", model::predict)
///     .figure()
///     .savePng(Path.of("boundary.png"));
/// ```
public final class DecisionBoundary {
  private static final int PLOT_SIDE = 300;
  private static final int COLUMNS = 3;

  /// Grid points along each axis at which models are asked.
  private static final int GRID = 151;

  private static final Color ZERO = Palette.BLUE;
  private static final Color ONE = Palette.ORANGE;
  private static final BasicStroke BOUNDARY =
      new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

  private record Model(String title, UnaryOperator<Tensor> probability) {}

  private final String title;
  private final Dataset train;
  private final Dataset test;
  private final List<String> classes;
  private final List<Model> models;

  private DecisionBoundary(
      String title, Dataset train, Dataset test, List<String> classes, List<Model> models) {
    this.title = title;
    this.train = train;
    this.test = test;
    this.classes = classes;
    this.models = models;
  }

  /// Begins a plot.
  ///
  /// @param title what it shows
  /// @param train points that the models learned from, `[n, 2]`, with targets 0 and 1
  /// @param test points that they did not see
  /// @throws IllegalArgumentException if samples are not points of the plane
  public static DecisionBoundary titled(String title, Dataset train, Dataset test) {
    for (Dataset data : List.of(train, test)) {
      Shape shape = data.x().shape();
      if (shape.rank() != 2 || shape.dim(1) != 2) {
        throw new IllegalArgumentException(
            "decision boundary: wants points of the plane, [n, 2], got " + shape);
      }
    }
    return new DecisionBoundary(title, train, test, List.of("class 0", "class 1"), List.of());
  }

  /// Names the classes of the targets 0 and 1.
  public DecisionBoundary classes(String zero, String one) {
    return new DecisionBoundary(title, train, test, List.of(zero, one), models);
  }

  /// Adds a panel.
  ///
  /// @param title what sets the model apart
  /// @param probability gives the probabilities of class 1, `[n]` or `[n, 1]`, at points `[n, 2]`
  public DecisionBoundary model(String title, UnaryOperator<Tensor> probability) {
    List<Model> more = new ArrayList<>(models);
    more.add(new Model(title, probability));
    return new DecisionBoundary(this.title, train, test, classes, List.copyOf(more));
  }

  /// Draws the plot.
  ///
  /// @throws IllegalStateException if no model was added
  public Figure figure() {
    if (models.isEmpty()) {
      throw new IllegalStateException("decision boundary: wants a model or more, got none");
    }
    // One range for both axes, so that circles are round.
    Range range =
        Range.around(
            DoubleStream.concat(
                DoubleStream.of(train.x().toDoubles()), DoubleStream.of(test.x().toDoubles())),
            0.08);
    List<List<Panel>> rows = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      if (i % COLUMNS == 0) {
        rows.add(new ArrayList<>());
      }
      rows.getLast().add(panel(i, range));
    }
    return new PanelGrid(title, legend(), rows, PLOT_SIDE, PLOT_SIDE).figure();
  }

  private List<LegendEntry> legend() {
    return List.of(
        LegendEntry.dot(classes.get(0) + ", training", trainDot(ZERO)),
        LegendEntry.dot(classes.get(1) + ", training", trainDot(ONE)),
        LegendEntry.dot(classes.get(0) + ", test", testDot(ZERO)),
        LegendEntry.dot(classes.get(1) + ", test", testDot(ONE)),
        LegendEntry.line("boundary, probability ½", Palette.INK, BOUNDARY),
        new LegendEntry(
            "probability of the " + classes.get(1) + ", 0 to 1", DecisionBoundary::shades));
  }

  private static Dot trainDot(Color color) {
    return new Dot(11, color, Palette.INK, 1.6);
  }

  private static Dot testDot(Color color) {
    return new Dot(8, color, Palette.PAPER, 0.8);
  }

  private Panel panel(int index, Range range) {
    double[] grid = IntStream.range(0, GRID).mapToDouble(i -> range.at(i / (GRID - 1.0))).toArray();
    double[][] probability = ask(models.get(index).probability, grid);
    Contour.Line boundary = new Contour(grid, grid, probability).at(0.5);
    Panel panel =
        new Panel(
                models.get(index).title,
                index >= models.size() - COLUMNS ? "x₀" : " ",
                index % COLUMNS == 0 ? "x₁" : "",
                range,
                range)
            .withoutGrid()
            .background(shading(probability))
            .line(boundary.x(), boundary.y(), Palette.INK, BOUNDARY);
    scatter(panel, test, 0, testDot(ZERO));
    scatter(panel, test, 1, testDot(ONE));
    scatter(panel, train, 0, trainDot(ZERO));
    scatter(panel, train, 1, trainDot(ONE));
    return panel;
  }

  private static double[][] ask(UnaryOperator<Tensor> probability, double[] grid) {
    float[] points = new float[2 * GRID * GRID];
    for (int i = 0; i < GRID * GRID; i++) {
      points[2 * i] = (float) grid[i % GRID];
      points[2 * i + 1] = (float) grid[i / GRID];
    }
    double[] answer = probability.apply(Tensor.of(Shape.of(GRID * GRID, 2), points)).toDoubles();
    if (answer.length != GRID * GRID) {
      throw new IllegalArgumentException(
          "decision boundary: wants one probability a point, got "
              + answer.length
              + " for "
              + GRID * GRID
              + " points");
    }
    double[][] rows = new double[GRID][GRID];
    for (int i = 0; i < answer.length; i++) {
      rows[i / GRID][i % GRID] = answer[i];
    }
    return rows;
  }

  private static void scatter(Panel panel, Dataset data, int label, Dot dot) {
    double[] x = data.x().toDoubles();
    double[] y = data.y().toDoubles();
    int[] chosen = IntStream.range(0, y.length).filter(i -> y[i] == label).toArray();
    panel.points(
        IntStream.of(chosen).mapToDouble(i -> x[2 * i]).toArray(),
        IntStream.of(chosen).mapToDouble(i -> x[2 * i + 1]).toArray(),
        dot);
  }

  private static BufferedImage shading(double[][] probability) {
    BufferedImage image = new BufferedImage(GRID, GRID, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < GRID; row++) {
      for (int column = 0; column < GRID; column++) {
        image.setRGB(column, GRID - 1 - row, shade(probability[row][column]).getRGB());
      }
    }
    return image;
  }

  /// Returns white for one half, and more of a class's colour the surer the model is.
  private static Color shade(double probability) {
    double sure = Math.clamp(Math.abs(probability - 0.5) * 2, 0, 1);
    return Palette.mix(Palette.PAPER, probability < 0.5 ? ZERO : ONE, 0.42 * sure);
  }

  private static void shades(Graphics2D graphics) {
    for (int i = 0; i < LegendEntry.WIDTH; i++) {
      graphics.setColor(shade(i / (LegendEntry.WIDTH - 1.0)));
      graphics.fillRect(i, -7, 1, 14);
    }
    graphics.setColor(Palette.FRAME);
    graphics.setStroke(new BasicStroke(1));
    graphics.drawRect(0, -7, LegendEntry.WIDTH, 14);
  }
}
