package taut.training.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import taut.core.Tensor;
import taut.training.Dataset;
import taut.training.datasets.Circles;

class DecisionBoundaryTest {
  private static final Color SURELY_ZERO = Palette.mix(Palette.PAPER, Palette.BLUE, 0.42);
  private static final Color SURELY_ONE = Palette.mix(Palette.PAPER, Palette.ORANGE, 0.42);

  @TempDir private Path folder;

  private static DecisionBoundary plot() {
    Dataset points = Circles.published();
    return DecisionBoundary.titled("Circles", points.take(30), points.skip(30));
  }

  @Test
  void backgroundPointsAndLineCanBeSeen() throws IOException {
    // Class 1 on the right half: as much of one colour as of the other.
    BufferedImage image =
        Pictures.saved(
            plot().model("half", x -> x.slice(1, 0, 1).mul(1e3).sigmoid()).figure(), folder);
    double zero = Pictures.count(image, SURELY_ZERO);
    double one = Pictures.count(image, SURELY_ONE);
    assertTrue(zero > 100_000, () -> zero + " pixels");
    assertEquals(1, zero / one, 0.2);
    assertTrue(Pictures.count(image, Palette.BLUE) > 3_000);
    assertTrue(Pictures.count(image, Palette.ORANGE) > 3_000);
    assertTrue(Pictures.count(image, Palette.INK) > 2_000);
  }

  @Test
  void threeModelsAreARow() throws IOException {
    DecisionBoundary plot = plot();
    for (int i = 0; i < 4; i++) {
      plot = plot.model("model " + i, x -> Tensor.zeros(x.dim(0), 1));
    }
    BufferedImage image = Pictures.saved(plot.figure(), folder);
    assertTrue(image.getWidth() > 3 * 600 && image.getWidth() < 4 * 600 + 300);
    assertTrue(image.getHeight() > 2 * 600);
  }

  @Test
  void wrongShapesAreNamed() {
    assertThrows(IllegalStateException.class, () -> plot().figure());
    IllegalArgumentException answers =
        assertThrows(
            IllegalArgumentException.class, () -> plot().model("two columns", x -> x).figure());
    assertTrue(answers.getMessage().contains("one probability a point"), answers.getMessage());
    Dataset cube = Dataset.of(Tensor.zeros(2, 3), Tensor.zeros(2, 1));
    IllegalArgumentException points =
        assertThrows(
            IllegalArgumentException.class, () -> DecisionBoundary.titled("cube", cube, cube));
    assertTrue(points.getMessage().contains("[2, 3]"), points.getMessage());
  }
}
