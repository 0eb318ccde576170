package taut.training.plots;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContourTest {
  @Test
  void lineOfTheDistanceIsACircle() {
    int n = 81;
    double[] grid = IntStream.range(0, n).mapToDouble(i -> -2 + 4.0 * i / (n - 1)).toArray();
    double[][] distance = new double[n][n];
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < n; column++) {
        distance[row][column] = Math.hypot(grid[column], grid[row]);
      }
    }
    Contour.Line line = new Contour(grid, grid, distance).at(1.3);
    double length = 0;
    for (int i = 0; i < line.x().length; i += 3) {
      assertEquals(1.3, Math.hypot(line.x()[i], line.y()[i]), 1e-3);
      assertTrue(Double.isNaN(line.y()[i + 2]), "a gap follows each piece");
      length += Math.hypot(line.x()[i] - line.x()[i + 1], line.y()[i] - line.y()[i + 1]);
    }
    assertEquals(2 * Math.PI * 1.3, length, 0.01);
  }

  @Test
  void saddleIsTwoPiecesThatDoNotCross() {
    double[] corners = {0, 1};
    // The middle, 0.55, belongs to the high corners: each piece cuts off a low corner.
    Contour.Line line = new Contour(corners, corners, new double[][] {{0.1, 1}, {1, 0.1}}).at(0.5);
    assertEquals(6, line.x().length);
    double first = line.x()[0] + line.y()[0];
    double second = line.x()[3] + line.y()[3];
    assertTrue(Math.min(first, second) < 0.6, () -> first + " and " + second);
    assertTrue(Math.max(first, second) > 1.4, () -> first + " and " + second);
    assertTrue(
        Math.abs(line.x()[0] + line.y()[0] - line.x()[1] - line.y()[1]) < 1e-9,
        "a piece joins edges of one corner");
  }

  @Test
  void levelThatIsNeverCrossedHasNoLine() {
    double[] grid = {0, 1, 2};
    double[][] flat = {{1, 1, 1}, {1, 1, 1}, {1, 1, 1}};
    assertArrayEquals(new double[0], new Contour(grid, grid, flat).at(2).x());
    double[][] unknown = {{Double.NaN, 1, 1}, {1, 1, 1}, {1, 1, 1}};
    assertEquals(
        0,
        DoubleStream.of(new Contour(grid, grid, unknown).at(0.5).x()).filter(x -> x < 0).count());
  }
}
