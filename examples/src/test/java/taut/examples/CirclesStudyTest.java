package taut.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CirclesStudyTest {
  @TempDir private Path folder;

  @Test
  void learnsAndDraws() throws IOException {
    Study study =
        Study.run("circles", "--epochs", "300", "--seeds", "2", "--out", folder.toString())
            .succeeded();
    for (CirclesVariant variant : CirclesVariant.values()) {
      assertTrue(study.number(variant.title(), 4, 2) > 0, study.output());
    }
    // Always answering the larger class is right for 18 of the 30 training points.
    assertTrue(study.number("no penalty", 4, 1) > 0.65, study.output());
    assertEquals(0.693, study.number("1", 5, 1), 0.03);
    assertTrue(study.number("100", 5, 1) < study.number("10", 5, 1), study.output());
    // The milestones stand beside Keras's.
    assertEquals("0.6688", study.row("10", 5).get(2));
    study.checkPicture(folder.resolve("boundaries.png"));
    study.checkPicture(folder.resolve("curves.png"));
    assertTrue(
        Files.readString(folder.resolve("curves.svg"))
            .contains("Two circles: the training points"));
  }

  @Test
  void sameSeedGivesTheSameNumbers() {
    String[] arguments = {"circles", "--quick", "--epochs", "30", "--out", folder.toString()};
    String first = Study.run(arguments).succeeded().output();
    assertEquals(first, Study.run(arguments).succeeded().output());
    Study other =
        Study.run(
            "circles", "--quick", "--epochs", "30", "--seed", "2", "--out", folder.toString());
    assertNotEquals(new Study(0, first, "").row("10", 5), other.row("10", 5));
  }

  @Test
  void generatedPointsHaveNoNumbersOfKerasBesideThem() {
    Study study =
        Study.run("circles", "--generated", "--quick", "--epochs", "20", "--out", folder.toString())
            .succeeded();
    assertTrue(study.number("10", 3, 1) > 0, study.output());
    assertTrue(study.output().contains("Points made from the seed"));
  }
}
