package taut.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
      assertEquals(4, study.row(variant.title()).size(), study.output());
    }
    // Always answering the larger class is right for 18 of the 30 training points.
    assertTrue(study.number("no penalty", 1) > 0.65, study.output());
    assertEquals(0.693, study.number("1 ", 1), 0.03);
    assertTrue(study.number("100 ", 1) < study.number("10 ", 1), study.output());
    // The milestones stand beside Keras's.
    assertEquals("0.6688", study.row("10 ").get(2));
    study.checkPicture(folder.resolve("boundaries.png"));
    study.checkPicture(folder.resolve("curves.png"));
    assertTrue(Files.readString(folder.resolve("curves.svg")).contains("binary cross-entropy"));
  }

  @Test
  void sameSeedGivesTheSameNumbers() {
    String[] arguments = {"circles", "--quick", "--epochs", "30", "--out", folder.toString()};
    String first = Study.run(arguments).succeeded().output();
    assertEquals(first, Study.run(arguments).succeeded().output());
    Study other =
        Study.run(
            "circles", "--quick", "--epochs", "30", "--seed", "2", "--out", folder.toString());
    assertFalse(other.output().contains(first.lines().filter(l -> l.startsWith("10 ")).findFirst().orElseThrow()));
  }

  @Test
  void generatedPointsHaveNoNumbersOfKerasBesideThem() {
    Study study =
        Study.run(
                "circles", "--generated", "--quick", "--epochs", "20", "--out", folder.toString())
            .succeeded();
    assertEquals(3, study.row("10 ").size(), study.output());
    assertTrue(study.output().contains("points made from the seed"));
  }
}
