package taut.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @Test
  void listsTheStudies() {
    String output = Study.run().succeeded().output();
    for (String study : new String[] {"circles", "diabetes", "fashion", "tape"}) {
      assertTrue(output.contains(study), output);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"circles", "diabetes", "fashion", "tape"})
  void everyStudyTellsItsOptions(String study) {
    String output = Study.run(study, "--help").succeeded().output();
    for (String option : new String[] {"--epochs", "--seed", "--seeds", "--out", "--quick"}) {
      assertTrue(output.contains(option), output);
    }
  }

  @Test
  void tellsTheVersion() {
    String output = Study.run("--version").succeeded().output();
    assertTrue(output.matches("Taut \\S+.*\\R"), output);
  }

  @Test
  void wrongNumbersAreNamed(@TempDir Path folder) {
    Study seeds = Study.run("tape", "--seeds", "0");
    assertEquals(1, seeds.code());
    assertTrue(seeds.errors().contains("--seeds must be 1 or more, got 0"), seeds.errors());
    Study epochs = Study.run("diabetes", "--epochs", "0", "--out", folder.toString());
    assertEquals(1, epochs.code());
    assertTrue(epochs.errors().contains("epochs must be 1 or more, got 0"), epochs.errors());
    assertEquals(2, Study.run("circles", "--epochs", "many").code());
  }
}
