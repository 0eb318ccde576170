package taut.training.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import taut.core.Tensor;

class ImageGridTest {
  private static final ImageGrid.Caption RIGHT = new ImageGrid.Caption("Bag", "99 %", false);
  private static final ImageGrid.Caption WRONG = new ImageGrid.Caption("Bag", "is: Coat", true);

  @TempDir private Path folder;

  @Test
  void wrongPredictionsAreRed() throws IOException {
    Tensor images = Tensor.ones(2, 4, 4);
    BufferedImage good =
        Pictures.saved(ImageGrid.of("Images", images, List.of(RIGHT, RIGHT), 5), folder);
    assertEquals(0, Pictures.count(good, Palette.VERMILLION));
    assertTrue(Pictures.count(good, java.awt.Color.BLACK) > 100_000);
    BufferedImage bad =
        Pictures.saved(ImageGrid.of("Images", images, List.of(RIGHT, WRONG), 5), folder);
    assertTrue(Pictures.count(bad, Palette.VERMILLION) > 500);
  }

  @Test
  void captionsMustFit() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> ImageGrid.of("Images", Tensor.zeros(3, 4, 4), List.of(RIGHT), 5));
    assertTrue(e.getMessage().contains("[3, 4, 4]"), e.getMessage());
  }
}
