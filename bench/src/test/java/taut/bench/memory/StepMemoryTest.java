package taut.bench.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What training steps allocate, traced in a JVM of its own: no escape analysis, no other thread
/// and no other test can change the count.
class StepMemoryTest {
  private static final List<String> STUDIES =
      List.of(
          "circles 30",
          "fashion 8",
          "cnn 1",
          "lstm 2",
          "gru 2",
          "rnn 2",
          "fit circles 30",
          "fit fashion 8");

  @Test
  void inTheSteadyStateNoArraysAreMade() throws IOException, InterruptedException {
    Process process = StepMemory.command(STUDIES).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    for (String study : STUDIES) {
      Matcher row =
          Pattern.compile("\\| " + study + " \\| (\\d+) \\| [\\d,]+ \\| (\\d+) \\|")
              .matcher(output);
      assertTrue(row.find(), output);
      // The tensors at least are made anew: a trace that heard nothing would show 0.
      assertTrue(Integer.parseInt(row.group(1)) > 50, output);
      assertEquals(0, Integer.parseInt(row.group(2)), output);
    }
  }
}
