package taut.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the table says of times that are known.
class PeerTableTest {
  private static final Contest STEP = contest("step", Contest.Wanted.ofFastest(2));
  private static final Contest PRODUCT = contest("product", Contest.Wanted.of(Library.MKL, 0.9));

  private static Contest contest(String title, Contest.Wanted wanted) {
    return new Contest(title, title, "", Map.of(), List.of(), Optional.of(wanted));
  }

  private static Reading times(Double... nanoseconds) {
    return new Reading(List.of(nanoseconds));
  }

  private static Score step(int threads, Reading taut, Reading torch, Reading tensorFlow) {
    return new Score(
        STEP, threads, taut, Map.of(Library.PYTORCH, torch, Library.TENSORFLOW, tensorFlow));
  }

  @Test
  void theRatioIsThatOfTheFastestPeersBestTime() {
    String table =
        PeerTable.markdown(
            List.of(step(1, times(12.0, 10.0, 11.0), times(50.0), times(33.0, 30.0, 60.0))));
    assertTrue(
        table.contains("| step | 1 | 10.0 ns | 50.0 ns | 30.0 ns | 3.00 (3.00) | 2.00 | yes |"),
        table);
    assertFalse(table.contains("best for each"), table);
  }

  @Test
  void aNamedRivalCountsEvenIfAnotherIsFaster() {
    Map<Library, Reading> peers = Map.of(Library.MKL, times(8.0), Library.OPENBLAS, times(5.0));
    String table = PeerTable.markdown(List.of(new Score(PRODUCT, 1, times(10.0), peers)));
    assertTrue(table.contains("| 0.50 (0.50) | 0.90 of MKL | no, 0.80 |"), table);
  }

  @Test
  void eachLibraryHasItsBestNumberOfThreads() {
    String table =
        PeerTable.markdown(
            List.of(
                step(1, times(100.0), times(300.0), times(180.0)),
                step(2, times(60.0), times(150.0), times(190.0))));
    assertTrue(
        table.contains("| step | 60.0 ns (2) | 150.0 ns (PyTorch (DJL), 2) | 2.50 | 2.00 | yes |"),
        table);
    assertTrue(table.contains("| yes | 1.67 |"), table);
  }

  @Test
  void resultsThatDifferAreRefused() {
    float[] expected = {100, 1};
    Agreement.check("sum", expected, new float[] {100.005f, 1}, 1e-4);
    for (float[] other : new float[][] {{100, 1.02f}, {100, Float.NaN}, {100}}) {
      var refused =
          assertThrows(
              IllegalStateException.class, () -> Agreement.check("sum", expected, other, 1e-4));
      assertTrue(refused.getMessage().startsWith("peers: sum gave"), refused.getMessage());
    }
  }

  @Test
  void everyContestHasAnotherTitleAndAPeer() {
    List<Contest> all = Contests.all();
    assertEquals(all.size(), all.stream().map(Contest::title).distinct().count());
    assertTrue(all.stream().noneMatch(contest -> contest.libraries().isEmpty()));
  }
}
