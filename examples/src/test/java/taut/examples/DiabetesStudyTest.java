package taut.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiabetesStudyTest {
  @TempDir private Path folder;

  @Test
  void learnsAndDraws() throws IOException {
    Study study =
        Study.run("diabetes", "--epochs", "15", "--seeds", "2", "--out", folder.toString())
            .succeeded();
    for (String variant : new String[] {"no penalty", "L2(1e-5)", "L2(1e-2)"}) {
      assertTrue(study.number(variant, 6, 5) > 0, study.output());
    }
    // Always answering the mean has an error of 1.
    assertTrue(study.number("no penalty", 6, 3) < 0.7, study.output());
    assertEquals(study.number("no penalty", 6, 1), study.number("no penalty", 6, 3));
    assertTrue(
        study.number("L2(1e-2)", 6, 1) > study.number("L2(1e-2)", 6, 3) + 0.5, study.output());
    study.checkPicture(folder.resolve("curves.png"));
    assertTrue(
        Files.readString(folder.resolve("curves.svg")).contains("Diabetes: learned by heart"));
  }

  @Test
  void sameSeedGivesTheSameNumbers() {
    String[] arguments = {"diabetes", "--quick", "--epochs", "2", "--out", folder.toString()};
    assertEquals(
        Study.run(arguments).succeeded().output(), Study.run(arguments).succeeded().output());
  }
}
