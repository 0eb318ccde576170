package taut.training.plots;

import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/// Arranges panels in rows under a title and one legend for all, with plot areas of one size.
///
/// @param title what the figure shows
/// @param legend the signs that the panels use
/// @param rows the panels, from the left; a row may be shorter than others
/// @param plotWidth the width of each plot area
/// @param plotHeight the height of each plot area
record PanelGrid(
    String title, List<LegendEntry> legend, List<List<Panel>> rows, int plotWidth, int plotHeight) {
  private static final int MARGIN = 16;
  private static final int TITLE_HEIGHT = 34;
  private static final int LEGEND_HEIGHT = 26;
  private static final int LEGEND_GAP = 28;
  private static final int SIGN_GAP = 8;
  private static final FontRenderContext MEASURE =
      new FontRenderContext(new AffineTransform(), true, true);

  /// A panel's own size and where its plot area lies in it.
  private record Measured(Panel panel, int width, int height, int left, int top) {
    int right(int plotWidth) {
      return width - left - plotWidth;
    }

    int bottom(int plotHeight) {
      return height - top - plotHeight;
    }
  }

  /// Returns the figure.
  Figure figure() {
    List<List<Measured>> cells =
        rows.stream().map(row -> row.stream().map(this::measure).toList()).toList();
    int titleWidth = (int) Math.ceil(Type.TITLE.getStringBounds(title, MEASURE).getWidth());
    int columns = rows.stream().mapToInt(List::size).max().orElseThrow();
    int[] left = new int[columns];
    int x = MARGIN;
    for (int column = 0; column < columns; column++) {
      int c = column;
      List<Measured> inColumn =
          cells.stream().filter(row -> c < row.size()).map(row -> row.get(c)).toList();
      x += largest(inColumn, Measured::left);
      left[column] = x;
      x += plotWidth + largest(inColumn, m -> m.right(plotWidth));
    }
    int width = MARGIN + Math.max(x, MARGIN + titleWidth);
    List<List<LegendEntry>> lines = legendLines(width - 2 * MARGIN);
    int[] top = new int[rows.size()];
    int y = MARGIN + TITLE_HEIGHT + LEGEND_HEIGHT * lines.size() + 4;
    for (int row = 0; row < rows.size(); row++) {
      y += largest(cells.get(row), Measured::top);
      top[row] = y;
      y += plotHeight + largest(cells.get(row), m -> m.bottom(plotHeight));
    }
    return new Figure(
        width,
        y + MARGIN / 2,
        graphics -> {
          paintHead(graphics, lines);
          for (int row = 0; row < cells.size(); row++) {
            for (int column = 0; column < cells.get(row).size(); column++) {
              Measured m = cells.get(row).get(column);
              m.panel.paint(graphics, left[column] - m.left, top[row] - m.top, m.width, m.height);
            }
          }
        });
  }

  private static int largest(List<Measured> cells, ToIntFunction<Measured> part) {
    return cells.stream().mapToInt(part).max().orElseThrow();
  }

  /// Finds the size at which the panel's plot area has the size that is wanted; the labels around
  /// it hardly depend on that.
  private Measured measure(Panel panel) {
    int width = plotWidth + 60;
    int height = plotHeight + 60;
    Rectangle2D area = panel.plotArea(width, height);
    width += plotWidth - (int) Math.round(area.getWidth());
    height += plotHeight - (int) Math.round(area.getHeight());
    Rectangle2D fitted = panel.plotArea(width, height);
    return new Measured(
        panel, width, height, (int) Math.round(fitted.getX()), (int) Math.round(fitted.getY()));
  }

  private void paintHead(Graphics2D graphics, List<List<LegendEntry>> lines) {
    graphics.setFont(Type.TITLE);
    graphics.setColor(Palette.INK);
    graphics.drawString(title, MARGIN, MARGIN + 18);
    int middle = MARGIN + TITLE_HEIGHT + LEGEND_HEIGHT / 2;
    for (List<LegendEntry> line : lines) {
      paintLegend(graphics, line, middle);
      middle += LEGEND_HEIGHT;
    }
  }

  private void paintLegend(Graphics2D graphics, List<LegendEntry> entries, int middle) {
    double x = MARGIN;
    for (LegendEntry entry : entries) {
      AffineTransform before = graphics.getTransform();
      graphics.translate(x, middle);
      entry.sign().accept(graphics);
      graphics.setTransform(before);
      graphics.setFont(Type.TEXT);
      graphics.setColor(Palette.INK);
      graphics.drawString(entry.label(), (float) (x + LegendEntry.WIDTH + SIGN_GAP), middle + 5f);
      x += width(entry);
    }
  }

  private List<List<LegendEntry>> legendLines(int available) {
    List<List<LegendEntry>> lines = new ArrayList<>();
    double used = Double.POSITIVE_INFINITY;
    for (LegendEntry entry : legend) {
      if (used + width(entry) - LEGEND_GAP > available) {
        lines.add(new ArrayList<>());
        used = 0;
      }
      lines.getLast().add(entry);
      used += width(entry);
    }
    return lines;
  }

  private static double width(LegendEntry entry) {
    double label = Type.TEXT.getStringBounds(entry.label(), MEASURE).getWidth();
    return LegendEntry.WIDTH + SIGN_GAP + label + LEGEND_GAP;
  }
}
