package taut.training.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import org.knowm.xchart.style.markers.Marker;

/// A disc with an outline.
final class Dot extends Marker {
  private final double diameter;
  private final Color fill;
  private final Color outline;
  private final float outlineWidth;

  Dot(double diameter, Color fill, Color outline, double outlineWidth) {
    this.diameter = diameter;
    this.fill = fill;
    this.outline = outline;
    this.outlineWidth = (float) outlineWidth;
  }

  @Override
  public void paint(Graphics2D graphics, double x, double y, int markerSize) {
    paint(graphics, x, y);
  }

  /// Paints the disc about a point.
  void paint(Graphics2D graphics, double x, double y) {
    Ellipse2D disc = new Ellipse2D.Double(x - diameter / 2, y - diameter / 2, diameter, diameter);
    graphics.setColor(fill);
    graphics.fill(disc);
    graphics.setColor(outline);
    graphics.setStroke(new BasicStroke(outlineWidth));
    graphics.draw(disc);
  }
}
