package taut.peers;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Draws how many times faster than its rival Taut was in each contest, on a logarithmic axis, with
/// the ratio that is wanted.
final class RatioChart {
  private static final int WIDTH = 1200;
  private static final int HEIGHT = 600;

  private RatioChart() {}

  /// Writes the chart as a PNG file.
  static void write(List<Score> scores, Path file) throws IOException {
    List<Score> shown = scores.stream().filter(s -> s.rival().isPresent()).toList();
    if (shown.isEmpty()) {
      return;
    }
    List<String> titles = shown.stream().map(RatioChart::title).toList();
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .theme(ChartTheme.Matlab)
            .title("How many times faster than its rival Taut is")
            .yAxisTitle("rival's time / Taut's time")
            .build();
    chart
        .getStyler()
        .setYAxisLogarithmic(true)
        .setYAxisMin(lowest(shown))
        .setXAxisLabelRotation(90)
        .setLegendPosition(LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
    chart.getStyler().setOverlapped(true).setAvailableSpaceFill(0.7);
    chart
        .addSeries(
            "rival (MKL for large products, else the fastest peer)",
            titles,
            shown.stream().map(_ -> 1.0).toList())
        .setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Line)
        .setMarker(SeriesMarkers.NONE)
        .setLineColor(Color.BLACK);
    chart
        .addSeries(
            "Taut", titles, shown.stream().map(s -> s.ratio(s.rival().orElseThrow())).toList())
        .setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Bar)
        .setFillColor(new Color(0x4C, 0x9F, 0x70));
    chart
        .addSeries(
            "wanted",
            titles,
            shown.stream()
                .map(s -> s.contest().wanted().map(Contest.Wanted::ratio).orElse(Double.NaN))
                .toList())
        .setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Scatter)
        .setMarker(SeriesMarkers.DIAMOND)
        .setMarkerColor(new Color(0xC0, 0x39, 0x2B));
    BitmapEncoder.saveBitmap(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG);
  }

  /// Returns where the axis starts: the power of ten below all ratios, a tenth at most. (XChart
  /// would start it at 0.)
  private static double lowest(List<Score> scores) {
    double smallest =
        scores.stream().mapToDouble(s -> s.ratio(s.rival().orElseThrow())).min().orElseThrow();
    return Math.min(0.1, Math.pow(10, Math.floor(Math.log10(smallest))));
  }

  private static String title(Score score) {
    String threads = score.threads() == 1 ? "" : ", " + score.threads() + " threads";
    return score.contest().title() + threads;
  }
}
