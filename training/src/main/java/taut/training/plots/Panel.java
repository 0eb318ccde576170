package taut.training.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Optional;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// One pair of axes of a figure, with lines and points, and perhaps an image behind them.
final class Panel {
  private static final Color CLEAR = new Color(0, 0, 0, 0);

  private final Range xRange;
  private final Range yRange;
  private final XYChart chart;
  private Optional<Image> background = Optional.empty();
  private int series;

  Panel(String title, String xTitle, String yTitle, Range xRange, Range yRange) {
    this.xRange = xRange;
    this.yRange = yRange;
    this.chart = new XYChartBuilder().title(title).xAxisTitle(xTitle).yAxisTitle(yTitle).build();
    style(chart.getStyler(), !yTitle.isEmpty());
  }

  private void style(XYStyler styler, boolean yTitleVisible) {
    styler
        .setChartBackgroundColor(CLEAR)
        .setPlotBackgroundColor(CLEAR)
        .setPlotBorderColor(Palette.FRAME)
        .setPlotContentSize(1)
        .setChartFontColor(Palette.INK)
        .setChartTitleFont(Type.PANEL_TITLE)
        .setChartTitlePadding(6)
        .setChartTitleBoxVisible(false)
        .setChartPadding(10)
        .setLegendVisible(false);
    styler
        .setAxisTitleFont(Type.TEXT)
        .setAxisTickLabelsFont(Type.TICKS)
        .setAxisTickLabelsColor(Palette.INK)
        .setAxisTickMarksColor(Palette.FRAME)
        .setAxisTickMarkLength(5)
        .setAxisTitlePadding(8)
        .setPlotMargin(0)
        .setPlotGridLinesColor(Palette.GRID)
        .setPlotGridLinesStroke(new BasicStroke(1))
        .setXAxisMaxLabelCount(6)
        .setYAxisTickMarkSpacingHint(50)
        .setYAxisTitleVisible(yTitleVisible)
        .setXAxisMin(xRange.low())
        .setXAxisMax(xRange.high())
        .setYAxisMin(yRange.low())
        .setYAxisMax(yRange.high())
        .setXAxisDecimalPattern(xRange.decimalPattern())
        .setYAxisDecimalPattern(yRange.decimalPattern());
  }

  /// Leaves the grid lines away.
  Panel withoutGrid() {
    chart.getStyler().setPlotGridLinesVisible(false);
    return this;
  }

  /// Puts an image behind everything, stretched over the whole plot area.
  Panel background(Image image) {
    background = Optional.of(image);
    return this;
  }

  /// Draws a line; NaN interrupts it.
  Panel line(double[] x, double[] y, Color color, BasicStroke stroke) {
    if (x.length > 0) {
      XYSeries line = chart.addSeries("series " + series++, x, y);
      line.setMarker(SeriesMarkers.NONE);
      line.setLineColor(color);
      line.setLineStyle(stroke);
    }
    return this;
  }

  /// Draws a dot at each point.
  Panel points(double[] x, double[] y, Dot dot) {
    if (x.length > 0) {
      XYSeries points = chart.addSeries("series " + series++, x, y);
      points.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
      points.setMarker(dot);
    }
    return this;
  }

  /// Returns where the plot area is when the panel is painted in the given size.
  Rectangle2D plotArea(int width, int height) {
    Graphics2D nowhere = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    chart.paint(nowhere, width, height);
    nowhere.dispose();
    double left = chart.getScreenXFromChart(xRange.low());
    double right = chart.getScreenXFromChart(xRange.high());
    double top = chart.getScreenYFromChart(yRange.high());
    double bottom = chart.getScreenYFromChart(yRange.low());
    return new Rectangle2D.Double(left, top, right - left, bottom - top);
  }

  /// Paints the panel with its upper left corner at a point.
  void paint(Graphics2D graphics, int x, int y, int width, int height) {
    AffineTransform before = graphics.getTransform();
    graphics.translate(x, y);
    background.ifPresent(image -> {
      Rectangle2D area = plotArea(width, height);
      AffineTransform corner = graphics.getTransform();
      graphics.translate(area.getX(), area.getY());
      graphics.scale(
          area.getWidth() / image.getWidth(null), area.getHeight() / image.getHeight(null));
      graphics.drawImage(image, 0, 0, null);
      graphics.setTransform(corner);
    });
    chart.paint(graphics, width, height);
    graphics.setTransform(before);
  }
}
