package taut.core.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import taut.core.Recorder;
import taut.core.Tensor;
import taut.core.ops.MatMul;

/// What the recorders of this package say of a block of code, and that they stop when closed.
class InspectTest {
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
  void listingHasShapesAndCosts() {
    String wanted =
        """
        value                                              shape        FLOPs   bytes   caller
        %0                                                 FLOAT32[3]
        %1 = tanh(%0)                                      FLOAT32[3]       3      24   here
        %2 = sum[kind=SUM, axes=[0], keepDims=false](%1)   FLOAT32[]        3      16   here
        %3 = square(%0)                                    FLOAT32[3]       3      24   here
        %4 = sum[kind=SUM, axes=[0], keepDims=false](%3)   FLOAT32[]        3      16   here
        %5                                                 FLOAT32[]
        %6 = multiply(%4, %5)                              FLOAT32[]        1      12   here
        %7 = add(%2, %6)                                   FLOAT32[]        1      12   here
        6 operations                                                       14     104
        """;
    Listing listing = listed();
    assertEquals(wanted, listing.toString().replaceAll("InspectTest\\.java:\\d+", "here"));
    assertEquals(14, listing.flops());
    assertEquals(104, listing.bytes());
  }

  @Test
  void listingCanBeFilledByHandWithNamesAndWithoutCallers() {
    Tensor x = Tensor.ones(2, 3);
    Tensor kernel = Tensor.ones(3, 4);
    Listing listing = Listing.blank();
    assertTrue(Recorder.active().isEmpty(), "a blank listing hears nothing");
    assertEquals(0, listing.name(kernel, "dense/\"kernel\""));
    assertEquals(0, listing.number(kernel));
    listing.add(new MatMul(false, false), new Tensor[] {x, kernel}, x.matmul(kernel), "");
    assertEquals(
        """
        value                                                     shape           FLOPs   bytes
        %0 = dense/"kernel"                                       FLOAT32[3, 4]
        %1                                                        FLOAT32[2, 3]
        %2 = matmul[transposeA=false, transposeB=false](%1, %0)   FLOAT32[2, 4]      48     104
        1 operation                                                                  48     104
        """,
        listing.toString());
    String graph = listing.toDot();
    assertTrue(graph.contains("label=\"dense/\\\"kernel\\\"\\nFLOAT32[3, 4]\""), graph);
    assertTrue(graph.contains("\\nFLOAT32[2, 4]\\n48 FLOPs, 104 bytes\"];"), graph);
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
    assertEquals(1, count("tanh.nFLOAT32.3..n3 FLOPs, 24 bytes\", tooltip=\"Insp", graph));
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
  void checkHearsOfUpdatesInPlace() {
    try (FiniteCheck check = FiniteCheck.start()) {
      Recorder.active().forEach(r -> r.updated("w", "Sgd", Tensor.vector(1)));
      Tensor bad = Tensor.vector(1, Float.POSITIVE_INFINITY);
      int line = new Throwable().getStackTrace()[0].getLineNumber() + 2;
      var fault =
          assertThrows(ArithmeticException.class, () -> check.updated("dense/kernel", "Sgd", bad));
      assertEquals(
          "Sgd: element 1 of 'dense/kernel' FLOAT32[2] became Infinity, asked for at"
              + " InspectTest.java:"
              + line
              + "\n  value FLOAT32[2] from 1.00000 to 1.00000, 1 not finite",
          fault.getMessage());
    }
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
