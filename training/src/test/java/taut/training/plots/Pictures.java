package taut.training.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/// Looks at pictures as a reader would: is there something of this colour?
final class Pictures {
  private Pictures() {}

  static BufferedImage saved(Figure figure, Path folder) throws IOException {
    Path file = figure.savePng(folder.resolve("deep/figure.png"));
    try (Stream<Path> all = Files.list(file.getParent())) {
      assertEquals(1, all.count(), "no temporary file is left");
    }
    return ImageIO.read(file.toFile());
  }

  static long count(BufferedImage image, Color color) {
    int rgb = color.getRGB();
    long count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += image.getRGB(x, y) == rgb ? 1 : 0;
      }
    }
    return count;
  }
}
