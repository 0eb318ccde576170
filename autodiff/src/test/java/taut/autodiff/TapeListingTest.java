package taut.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import taut.autodiff.GradientTape.Option;
import taut.core.Tensor;
import taut.core.inspect.Listing;

/// What a tape prints of its own recording, among others in the documentation.
class TapeListingTest {
  private static final Path PAGE = Path.of("..", "docs", "how-the-tape-works.md");

  private static Tensor loss(Tensor x) {
    return x.tanh().sum().add(x.square().sum().mul(0.1));
  }

  @Test
  void pageShowsWhatTheTapePrints() throws IOException {
    String page = Files.readString(PAGE).replace("\r\n", "\n");
    Variable w = Variable.trainable("w", Tensor.vector(1, -2, 3));
    try (var tape = new GradientTape()) {
      Tensor x = w.value();
      Tensor y = loss(x);
      String listing = tape.listing().toString();
      assertTrue(page.contains("```\n" + listing + "```\n"), () -> "not on the page:\n" + listing);
      double[] wanted = new double[3];
      for (int i = 0; i < 3; i++) {
        double at = x.toDoubles()[i];
        wanted[i] = 1 - Math.pow(Math.tanh(at), 2) + 0.2 * at;
      }
      assertArrayEquals(wanted, tape.gradient(y, w).toDoubles(), 1e-6);
    }
  }

  @Test
  void listsWhatIsTrackedOnly() {
    Variable kernel = Variable.trainable("dense/kernel", Tensor.ones(3, 2));
    Tensor x = Tensor.ones(4, 3);
    Tensor factor = Tensor.vector(2, 3);
    try (var tape = new GradientTape(Option.PERSISTENT)) {
      tape.watch(factor);
      x.exp();
      Tensor y = x.matmul(kernel.value()).mul(factor).sum();
      Listing listing = tape.listing();
      List<Listing.Line> lines = listing.lines();
      assertEquals("watched", lines.get(0).name());
      assertEquals("dense/kernel", lines.get(1).name());
      assertEquals("", lines.get(2).name(), "x is a constant");
      assertEquals(List.of(2, 1), lines.get(3).inputs());
      assertEquals(List.of(3, 0), lines.get(4).inputs());
      assertEquals(6, lines.size());
      assertEquals(2 * 4 * 3 * 2 + 8 + 8, listing.flops());
      assertTrue(lines.stream().allMatch(line -> line.caller().isEmpty()));
      assertTrue(listing.toDot().contains("label=\"dense/kernel\\nFLOAT32[3, 2]\""));
      tape.gradient(y, kernel);
      assertEquals(listing.toString(), tape.listing().toString(), "a walk is not recorded");
    }
  }

  @Test
  void callersAreNotedIfAskedFor() {
    Tensor x = Tensor.vector(1, 2);
    try (var tape = new GradientTape(Option.CALLERS, Option.PERSISTENT)) {
      tape.watch(x);
      int line = new Throwable().getStackTrace()[0].getLineNumber() + 1;
      Tensor y = x.square();
      y.sum();
      List<Listing.Line> lines = tape.listing().lines();
      assertEquals("", lines.get(0).caller());
      assertEquals("TapeListingTest.java:" + line, lines.get(1).caller());
      assertEquals("TapeListingTest.java:" + (line + 1), lines.get(2).caller());
      tape.reset();
      tape.watch(x);
      assertEquals(1, tape.listing().lines().size());
    }
  }

  @Test
  void usedAndClosedTapesListNothing() {
    Tensor x = Tensor.vector(3);
    var tape = new GradientTape();
    tape.watch(x);
    tape.gradient(x.square().sum(), x);
    var used = assertThrows(IllegalStateException.class, tape::listing);
    assertTrue(used.getMessage().contains("listing"), used.getMessage());
    tape.close();
    assertThrows(IllegalStateException.class, tape::listing);
  }
}
