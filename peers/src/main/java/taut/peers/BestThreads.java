package taut.peers;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import taut.bench.Duration;

/// A contest in which each library has the number of threads that is best for it.
///
/// @param contest the work
/// @param one Taut's time with the smallest number of threads that was tried
/// @param taut Taut's best time
/// @param rival the best time of the library that Taut is to be compared with
record BestThreads(Contest contest, double one, Entry taut, Optional<Entry> rival) {
  /// A library's best time.
  record Entry(String who, int threads, double time) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s (%s%d)", Duration.shown(time), who, threads);
    }
  }

  /// Picks the best of the scores of one contest.
  static BestThreads of(List<Score> tried) {
    Contest contest = tried.getFirst().contest();
    Comparator<Entry> fastest = Comparator.comparingDouble(Entry::time);
    Entry taut =
        tried.stream()
            .map(score -> new Entry("", score.threads(), score.taut().best()))
            .min(fastest)
            .orElseThrow();
    Optional<Entry> rival =
        tried.stream()
            .flatMap(score -> score.rival().map(library -> entry(score, library)).stream())
            .min(fastest);
    Score fewest = tried.stream().min(Comparator.comparingInt(Score::threads)).orElseThrow();
    return new BestThreads(contest, fewest.taut().best(), taut, rival);
  }

  private static Entry entry(Score score, Library library) {
    Reading reading = Objects.requireNonNull(score.peers().get(library));
    return new Entry(library.title() + ", ", score.threads(), reading.best());
  }

  /// Returns the row of a Markdown table.
  String row() {
    Optional<Double> ratio = rival.map(entry -> entry.time() / taut.time());
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s | %s | %s |",
        contest.title(),
        taut,
        rival.map(Entry::toString).orElse(""),
        ratio.map(PeerTable::number).orElse(""),
        contest.wanted().map(PeerTable::wanted).orElse(""),
        contest
            .wanted()
            .flatMap(wanted -> ratio.map(r -> r >= wanted.ratio() ? "yes" : "no"))
            .orElse(""),
        PeerTable.number(one / taut.time()));
  }
}
