package taut.training.plots;

import java.util.ArrayList;
import java.util.List;

/// Finds the line along which a function of the plane has one value, from its values on a grid.
///
/// This is marching squares: in each cell the line runs between the edges whose ends lie on
/// different sides of the level, and meets them where linear interpolation says. A cell with four
/// such edges is a saddle, decided by the mean of its corners.
///
/// @param x the grid's columns
/// @param y the grid's rows
/// @param values the function, `values[row][column]`
record Contour(double[] x, double[] y, double[][] values) {
  private record Point(double x, double y) {}

  /// The pieces of a line: their points one after the other, with a NaN after each piece.
  ///
  /// @param x the first coordinates
  /// @param y the second coordinates
  record Line(double[] x, double[] y) {}

  /// Returns the line of the given level; it has no points where the level is never crossed.
  Line at(double level) {
    List<Point> points = new ArrayList<>();
    for (int row = 0; row + 1 < y.length; row++) {
      for (int column = 0; column + 1 < x.length; column++) {
        cell(row, column, level, points);
      }
    }
    return new Line(
        points.stream().mapToDouble(Point::x).toArray(),
        points.stream().mapToDouble(Point::y).toArray());
  }

  private void cell(int row, int column, double level, List<Point> points) {
    // The crossings of the edges, around the cell: bottom, right, top, left.
    List<Point> crossings = new ArrayList<>(4);
    edge(row, column, row, column + 1, level, crossings);
    edge(row, column + 1, row + 1, column + 1, level, crossings);
    edge(row + 1, column + 1, row + 1, column, level, crossings);
    edge(row + 1, column, row, column, level, crossings);
    if (crossings.size() == 2) {
      piece(crossings.get(0), crossings.get(1), points);
    } else if (crossings.size() == 4) {
      double middle =
          (values[row][column]
                  + values[row][column + 1]
                  + values[row + 1][column]
                  + values[row + 1][column + 1])
              / 4;
      // The pieces cut off the corners that are on the other side than the middle.
      int first = (middle >= level) == (values[row][column] >= level) ? 0 : 1;
      piece(crossings.get(first), crossings.get(first + 1), points);
      piece(crossings.get(first + 2), crossings.get((first + 3) % 4), points);
    }
  }

  private void edge(int row1, int column1, int row2, int column2, double level, List<Point> out) {
    double a = values[row1][column1] - level;
    double b = values[row2][column2] - level;
    if (a >= 0 != b >= 0) {
      double share = a / (a - b);
      out.add(
          new Point(
              x[column1] + share * (x[column2] - x[column1]),
              y[row1] + share * (y[row2] - y[row1])));
    }
  }

  private static void piece(Point from, Point to, List<Point> points) {
    points.add(from);
    points.add(to);
    points.add(new Point(to.x, Double.NaN));
  }
}
