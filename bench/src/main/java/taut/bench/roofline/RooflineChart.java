package taut.bench.roofline;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// The roofline picture: arithmetic over intensity, both logarithmic, one labelled point a kernel
/// under the lines that the limits draw.
public final class RooflineChart {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 660;
  private static final double PIXELS_PER_UNIT = 1.5;
  private static final double LEAST_INTENSITY = 0.1;
  private static final double MOST_INTENSITY = 300;
  private static final int LINE_SAMPLES = 300;
  private static final int MARKER = 9;
  private static final double NEAR_ENOUGH = 14;
  private static final Color INK = new Color(0x222222);
  private static final Color QUIET = new Color(0x777777);
  private static final Color GRID = new Color(0xE4E4E4);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

  private final Roof roof;
  private final Map<HotKernel, Measurement> kernels;
  private final double leastRate;
  private final double mostRate;
  private final XYChart chart =
      new XYChartBuilder()
          .width(WIDTH)
          .height(HEIGHT)
          .title("Kernels under the roof of one core")
          .xAxisTitle("operations for each byte of least traffic (FLOP/byte)")
          .yAxisTitle("GFLOP/s")
          .build();

  private record Label(String text, Color color, Point2D point) {}

  private RooflineChart(Roof roof, Map<HotKernel, Measurement> kernels) {
    this.roof = roof;
    this.kernels = kernels;
    double[] rates = kernels.values().stream().mapToDouble(Measurement::gigaflops).toArray();
    leastRate = DoubleStream.of(rates).map(rate -> rate / 1.5).min().orElse(1);
    mostRate = 1.8 * Math.max(roof.peak(), DoubleStream.of(rates).max().orElse(1));
    style(chart.getStyler());
    addRoof("memory", roof.far(), new BasicStroke(2));
    addRoof(
        "second cache",
        roof.near(),
        new BasicStroke(
            1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0));
    for (Kind kind : Kind.values()) {
      addPoints(kind);
    }
  }

  /// Draws the picture.
  public static RooflineChart of(
      Map<Limit, Measurement> limits, Map<HotKernel, Measurement> kernels) {
    return new RooflineChart(Roof.of(limits), kernels);
  }

  private void style(XYStyler styler) {
    styler
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBorderColor(QUIET)
        .setChartFontColor(INK)
        .setChartTitleBoxVisible(false)
        .setLegendPosition(Styler.LegendPosition.OutsideS)
        .setLegendLayout(Styler.LegendLayout.Horizontal)
        .setLegendBorderColor(Color.WHITE)
        .setLegendFont(TEXT)
        .setPlotContentSize(1);
    styler
        .setPlotGridLinesColor(GRID)
        .setAxisTitleFont(TEXT)
        .setAxisTickLabelsFont(TEXT)
        .setXAxisLogarithmic(true)
        .setYAxisLogarithmic(true)
        .setXAxisMin(LEAST_INTENSITY)
        .setXAxisMax(MOST_INTENSITY)
        .setYAxisMin(leastRate)
        .setYAxisMax(mostRate);
  }

  private void addRoof(String name, double bandwidth, BasicStroke stroke) {
    double start = Math.max(LEAST_INTENSITY, leastRate / bandwidth);
    double ridge = roof.peak() / bandwidth;
    double[] x = {start, ridge, MOST_INTENSITY};
    double[] y = {start * bandwidth, roof.peak(), roof.peak()};
    XYSeries line = chart.addSeries(name, x, y);
    line.setMarker(SeriesMarkers.NONE).setLineColor(INK).setLineStyle(stroke);
    line.setShowInLegend(false);
  }

  private void addPoints(Kind kind) {
    List<Measurement> points =
        kernels.entrySet().stream()
            .filter(entry -> entry.getKey().kind() == kind)
            .map(Map.Entry::getValue)
            .toList();
    if (!points.isEmpty()) {
      XYSeries series =
          chart.addSeries(
              kind.label(),
              points.stream().mapToDouble(Measurement::intensity).toArray(),
              points.stream().mapToDouble(Measurement::gigaflops).toArray());
      series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
      series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(kind.color());
    }
  }

  /// Saves the picture as a PNG file, whose folder is made if it does not exist.
  ///
  /// @return the file
  public Path save(Path file) throws IOException {
    BufferedImage image =
        new BufferedImage(
            (int) (WIDTH * PIXELS_PER_UNIT),
            (int) (HEIGHT * PIXELS_PER_UNIT),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(PIXELS_PER_UNIT, PIXELS_PER_UNIT);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    chart.getStyler().setMarkerSize(MARKER);
    chart.paint(graphics, WIDTH, HEIGHT);
    paintLabels(graphics);
    graphics.dispose();
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private void paintLabels(Graphics2D graphics) {
    List<Label> labels = new ArrayList<>();
    kernels.forEach((kernel, m) ->
        labels.add(new Label(m.label(), kernel.kind().color(), at(m.intensity(), m.gigaflops()))));
    LabelPlacement placement = new LabelPlacement(area());
    labels.forEach(label -> placement.avoid(label.point(), MARKER / 2.0 + 1));
    avoidRoof(placement, roof.far());
    avoidRoof(placement, roof.near());
    labels.sort(Comparator.comparingDouble(label -> label.point().getX()));
    graphics.setFont(TEXT);
    roofLabels().forEach(label -> paint(graphics, label, placement));
    labels.forEach(label -> paint(graphics, label, placement));
  }

  private List<Label> roofLabels() {
    return List.of(
        new Label(
            "fused multiply-adds: %d GFLOP/s".formatted(Math.round(roof.peak())),
            INK,
            at(MOST_INTENSITY / 10, roof.peak())),
        roofLabel("second cache", roof.near(), 0.7),
        roofLabel("memory", roof.far(), 0.75));
  }

  private Label roofLabel(String text, double bandwidth, double share) {
    double ridge = roof.peak() / bandwidth;
    double start = Math.max(LEAST_INTENSITY, leastRate / bandwidth);
    double x = start * Math.pow(ridge / start, share);
    return new Label(
        "%s: %d GB/s".formatted(text, Math.round(bandwidth)), INK, at(x, x * bandwidth));
  }

  private static void paint(Graphics2D graphics, Label label, LabelPlacement placement) {
    Rectangle2D text = graphics.getFontMetrics().getStringBounds(label.text(), graphics);
    Point2D point = label.point();
    Rectangle2D box = placement.place(point, text.getWidth(), text.getHeight());
    double x = Math.clamp(point.getX(), box.getMinX(), box.getMaxX());
    double y = Math.clamp(point.getY(), box.getMinY(), box.getMaxY());
    if (point.distance(x, y) > NEAR_ENOUGH) {
      graphics.setColor(label.color());
      graphics.setStroke(new BasicStroke(0.8f));
      graphics.draw(new Line2D.Double(point, new Point2D.Double(x, y)));
    }
    graphics.setColor(INK);
    graphics.drawString(label.text(), (float) box.getX(), (float) (box.getY() - text.getY()));
  }

  private void avoidRoof(LabelPlacement placement, double bandwidth) {
    for (int i = 0; i <= LINE_SAMPLES; i++) {
      double share = (double) i / LINE_SAMPLES;
      double x = LEAST_INTENSITY * Math.pow(MOST_INTENSITY / LEAST_INTENSITY, share);
      double y = Math.min(roof.peak(), x * bandwidth);
      placement.avoid(at(x, y), 2);
    }
  }

  private Rectangle2D area() {
    Point2D low = at(LEAST_INTENSITY, leastRate);
    Point2D high = at(MOST_INTENSITY, mostRate);
    return new Rectangle2D.Double(
        low.getX(), high.getY(), high.getX() - low.getX(), low.getY() - high.getY());
  }

  private Point2D at(double intensity, double rate) {
    return new Point2D.Double(
        chart.getScreenXFromChart(intensity), chart.getScreenYFromChart(rate));
  }
}
