package taut.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TapeStudyTest {
  @TempDir private Path folder;

  @Test
  void loopByHandIsWhatFitDoes() throws IOException {
    Study study =
        Study.run("tape", "--epochs", "5", "--seeds", "2", "--out", folder.toString()).succeeded();
    assertTrue(Files.size(folder.resolve("curves.png")) > 10_000);
    assertTrue(study.output().contains("All 4,929 weights are equal, bit for bit."));
    assertEquals(study.row("5", 4).get(1), study.row("5", 4).get(2));
    assertEquals("0", study.row("5", 4).get(3));
    assertTrue(study.number("5", 4, 1) < study.number("1", 4, 1), study.output());
  }
}
