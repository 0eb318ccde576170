package taut.training.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.function.Consumer;

/// One sign of a legend and what it means.
///
/// @param label what it means
/// @param sign paints it into a field [#WIDTH] wide, whose middle line is at height 0
record LegendEntry(String label, Consumer<Graphics2D> sign) {
  /// The width of a sign.
  static final int WIDTH = 26;

  static LegendEntry line(String label, Color color, BasicStroke stroke) {
    return new LegendEntry(
        label,
        graphics -> {
          graphics.setColor(color);
          graphics.setStroke(stroke);
          graphics.draw(new Line2D.Double(0, 0, WIDTH, 0));
        });
  }

  static LegendEntry dot(String label, Dot dot) {
    return new LegendEntry(label, graphics -> dot.paint(graphics, WIDTH / 2.0, 0));
  }
}
