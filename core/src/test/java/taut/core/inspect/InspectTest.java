package taut.core.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import taut.core.Recorder;
import taut.core.Tensor;

/// What the recorders of this package say of a block of code, and that they stop when closed.
class InspectTest {
  private static final Path PAGE = Path.of("..", "docs", "how-the-tape-works.md");

  @AfterEach
  void nobodyIsLeft() {
    assertTrue(Recorder.active().isEmpty(), "a test left a recorder behind");
  }

  private static Listing listed() {
    Tensor x = Tensor.vector(1, -2, 3);
    try (Listing listing = Listing.start()) {
      x.tanh().sum().add(x.square().sum().mul(0.1));
      return listing;
    }
  }

  @Test
  void listingIsTheOneOfThePage() throws IOException {
    String page = Files.readString(PAGE).replace("\r\n", "\n");
    int begin = page.indexOf("```\n%0") + "```\n".length();
    String printed = page.substring(begin, page.indexOf("```", begin));
    String listing =
        listed()
            .toString()
            .lines()
            .map(line -> line.replaceFirst("\\s+InspectTest\\.java:\\d+$", ""))
            .collect(Collectors.joining("\n", "", "\n"));
    assertEquals(printed, listing);
  }

  @Test
  void listingNamesTheCallerOfEveryOperation() {
    int operations = 0;
    for (Listing.Line line : listed().lines()) {
      assertEquals(line.op().isEmpty(), line.caller().isEmpty());
      if (!line.op().isEmpty()) {
        assertTrue(line.caller().matches("InspectTest\\.java:\\d+"), line::toString);
        operations++;
      }
    }
    assertEquals(6, operations);
  }

  @Test
  void graphHasANodePerLineAndAnEdgePerInput() {
    Listing listing = listed();
    String graph = listing.toDot();
    for (Listing.Line line : listing.lines()) {
      assertEquals(1, count("  v" + line.number() + " \\[shape=", graph));
      for (int input : line.inputs()) {
        assertTrue(graph.contains("  v" + input + " -> v" + line.number() + ";\n"), graph);
      }
    }
    assertEquals(listing.lines().size(), count("\\[shape=", graph));
    assertEquals(
        listing.lines().stream().mapToInt(l -> l.inputs().size()).sum(), count(" -> ", graph));
  }

  private static int count(String pattern, String text) {
    return (int) Pattern.compile(pattern).matcher(text).results().count();
  }

  @Test
  void profileAddsUp() {
    Tensor a = Tensor.ones(2, 3);
    Tensor b = Tensor.ones(3, 4);
    List<Profile.Row> rows;
    try (Profile profile = Profile.start()) {
      a.matmul(b);
      a.matmul(b);
      a.exp();
      rows = profile.rows();
    }
    assertEquals(2, rows.size());
    Profile.Row product =
        rows.stream().filter(row -> row.op().equals("matmul")).findFirst().orElseThrow();
    assertEquals(2, product.count());
    assertEquals(2 * (2 * 2 * 3 * 4), product.flops());
    assertEquals(2 * 4 * (2 * 3 + 3 * 4 + 2 * 4), product.bytes());
    assertTrue(product.nanoseconds() > 0);
  }

  @Test
  void checkNamesOpRangeAndLine() {
    Tensor x = Tensor.vector(-1, 4, 0.5f);
    ArithmeticException fault;
    int line;
    try (FiniteCheck check = FiniteCheck.start()) {
      x.exp();
      line = new Throwable().getStackTrace()[0].getLineNumber() + 1;
      fault = assertThrows(ArithmeticException.class, () -> x.log());
    }
    assertEquals(
        "log: element 0 of the result FLOAT32[3] is NaN, asked for at InspectTest.java:"
            + line
            + "\n  input 0 FLOAT32[3] from -1.00000 to 4.00000, 0 not finite",
        fault.getMessage());
  }

  @Test
  void closedRecordersHearNothing() {
    Tensor x = Tensor.vector(-1, 4);
    Listing listing = listed();
    Profile profile = Profile.start();
    x.exp();
    profile.close();
    FiniteCheck.start().close();
    String before = listing + "" + profile;
    x.log();
    assertEquals(before, listing + "" + profile);
  }

  @Test
  void callersAreWhatIsNotOurs() {
    for (String name :
        List.of(
            "taut.core.Tensor",
            "taut.core.ops.Unary$1",
            "taut.autodiff.GradientTape",
            "taut.regularizers.Penalty",
            "taut.layers.Dense",
            "taut.optim.Adam",
            "taut.training.Model",
            "taut.training.plots.Plot",
            "java.util.ArrayList")) {
      assertTrue(Caller.isOurs(name), name);
    }
    for (String name :
        List.of(
            "taut.examples.Study",
            "taut.bench.PenaltyBenchmark",
            "taut.training.ModelTest",
            "taut.training.ModelTest$Nested",
            "taut.corelike.Study",
            "Study",
            "org.example.Study")) {
      assertFalse(Caller.isOurs(name), name);
    }
  }
}
