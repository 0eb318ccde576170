package taut.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TapeStudyTest {
  @Test
  void loopByHandIsWhatFitDoes() {
    Study study = Study.run("tape", "--epochs", "5", "--seeds", "2").succeeded();
    assertTrue(study.output().contains("All 4,929 weights are equal, bit for bit."));
    assertEquals(study.row("5", 4).get(1), study.row("5", 4).get(2));
    assertEquals("0", study.row("5", 4).get(3));
    assertTrue(study.number("5", 4, 1) < study.number("1", 4, 1), study.output());
  }
}
