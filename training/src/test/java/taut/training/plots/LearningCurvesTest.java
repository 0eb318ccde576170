package taut.training.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import taut.training.Epoch;
import taut.training.History;
import taut.training.Scores;

class LearningCurvesTest {
  @TempDir private Path folder;

  private static History history(int epochs, boolean validated, double level) {
    return new History(
        IntStream.rangeClosed(1, epochs)
            .mapToObj(i ->
                new Epoch(
                    i,
                    scores(level / i),
                    validated ? Optional.of(scores(level / i + 0.2)) : Optional.empty(),
                    0.1,
                    0))
            .toList());
  }

  private static Scores scores(double loss) {
    return new Scores(loss, loss, 0, Map.of("accuracy", 1 - loss / 4));
  }

  private static LearningCurves losses() {
    return LearningCurves.titled("A title with <signs> & more").loss("error", Scores::loss);
  }

  @Test
  void bothCurvesCanBeSeen() throws IOException {
    BufferedImage image =
        Pictures.saved(losses().run("run", history(20, true, 1)).figure(), folder);
    assertTrue(Pictures.count(image, Palette.BLUE) > 300);
    assertTrue(Pictures.count(image, Palette.VERMILLION) > 300);
  }

  @Test
  void withoutValidationThereIsOneCurve() throws IOException {
    BufferedImage image =
        Pictures.saved(losses().run("run", history(20, false, 1)).figure(), folder);
    assertTrue(Pictures.count(image, Palette.BLUE) > 300);
    assertEquals(0, Pictures.count(image, Palette.VERMILLION));
  }

  @Test
  void runsAreColumnsAndScoresAreRows() throws IOException {
    LearningCurves one = losses().run("first", history(5, true, 1));
    LearningCurves two = one.run("second", history(5, true, 2));
    BufferedImage small = Pictures.saved(one.figure(), folder.resolve("one"));
    BufferedImage wide = Pictures.saved(two.figure(), folder.resolve("two"));
    BufferedImage large =
        Pictures.saved(
            two.metric("accuracy", s -> s.metric("accuracy")).figure(), folder.resolve("large"));
    assertTrue(wide.getWidth() > small.getWidth() + 500);
    assertTrue(large.getHeight() > wide.getHeight() + 400);
  }

  @Test
  void oddHistoriesAreDrawn() throws IOException {
    for (History history :
        new History[] {
          history(1, true, 1),
          history(3, true, 0),
          history(3, true, Double.NaN),
          history(3, true, Double.POSITIVE_INFINITY),
          history(3, true, 1e30),
          history(3, true, -1)
        }) {
      BufferedImage image = Pictures.saved(losses().run("odd", history).figure(), folder);
      assertTrue(image.getWidth() > 500);
    }
  }

  @Test
  void svgHoldsTheTextAsText() throws IOException {
    Path file =
        losses().run("run", history(20, true, 1)).figure().saveSvg(folder.resolve("figure.svg"));
    String svg = Files.readString(file);
    assertTrue(svg.contains("A title with &lt;signs&gt; &amp; more"), svg.substring(0, 2000));
    assertTrue(svg.contains("sans-serif"));
    assertTrue(svg.contains("rgb(0,114,178)"));
  }

  @Test
  void nothingToDrawIsAnError() {
    assertThrows(IllegalStateException.class, () -> losses().figure());
    assertThrows(
        IllegalStateException.class,
        () -> LearningCurves.titled("none").run("run", history(2, true, 1)).figure());
  }

  @Test
  void unwritableFileIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    Figure figure = losses().run("run", history(2, true, 1)).figure();
    UncheckedIOException e =
        assertThrows(UncheckedIOException.class, () -> figure.savePng(file.resolve("figure.png")));
    assertTrue(e.getMessage().contains("figure.png"), e.getMessage());
  }
}
