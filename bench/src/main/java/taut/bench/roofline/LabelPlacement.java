package taut.bench.roofline;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/// Finds room for labels: each as near to its point as possible, none over another label, a point
/// or a line.
final class LabelPlacement {
  private static final double FIRST_DISTANCE = 6;
  private static final double DISTANCE_STEP = 4;
  private static final double MOST_DISTANCE = 320;
  private static final int DIRECTIONS = 24;
  private static final double GAP = 2;

  private final Rectangle2D area;
  private final List<Rectangle2D> taken = new ArrayList<>();

  LabelPlacement(Rectangle2D area) {
    this.area = area;
  }

  /// Keeps labels off a square around a point.
  void avoid(Point2D point, double radius) {
    taken.add(
        new Rectangle2D.Double(
            point.getX() - radius, point.getY() - radius, 2 * radius, 2 * radius));
  }

  /// Returns the box for a label of the given size, taken from now on.
  ///
  /// @throws IllegalStateException if there is no room
  Rectangle2D place(Point2D point, double width, double height) {
    for (double distance = FIRST_DISTANCE; distance < MOST_DISTANCE; distance += DISTANCE_STEP) {
      for (int direction = 0; direction < DIRECTIONS; direction++) {
        Rectangle2D box = box(point, width, height, distance, direction);
        if (area.contains(box) && taken.stream().noneMatch(box::intersects)) {
          taken.add(
              new Rectangle2D.Double(
                  box.getX() - GAP, box.getY() - GAP, width + 2 * GAP, height + 2 * GAP));
          return box;
        }
      }
    }
    throw new IllegalStateException("roofline: no room for the label at " + point);
  }

  /// A box that touches a circle around the point from outside, in one of the directions.
  private static Rectangle2D box(
      Point2D point, double width, double height, double distance, int direction) {
    double angle = 2 * Math.PI * direction / DIRECTIONS;
    double x = point.getX() + distance * Math.cos(angle);
    double y = point.getY() + distance * Math.sin(angle);
    // The box's nearest side or corner lies there: its centre is half a box further on.
    double left = x - width * (1 - Math.cos(angle)) / 2;
    double top = y - height * (1 - Math.sin(angle)) / 2;
    return new Rectangle2D.Double(left, top, width, height);
  }
}
