package taut.peers;

import static java.util.stream.Collectors.toList;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import taut.bench.Duration;

/// Writes scores as one Markdown table.
final class PeerTable {
  private PeerTable() {}

  /// Returns the table: best times, the ratio to the fastest peer with that of the medians in
  /// brackets, and what was wanted.
  static String markdown(List<Score> scores) {
    List<Library> libraries =
        Arrays.stream(Library.values())
            .filter(library -> scores.stream().anyMatch(s -> s.peers().containsKey(library)))
            .toList();
    StringBuilder table = new StringBuilder("| work | threads | Taut |");
    libraries.forEach(library -> table.append(' ').append(library.title()).append(" |"));
    table.append(" × fastest peer (medians) | wanted | reached |\n|---|---:|---:|");
    table.append("---:|".repeat(libraries.size())).append("---:|---:|:---:|\n");
    for (Score score : scores) {
      table.append(row(score, libraries)).append('\n');
    }
    return table + squares(scores) + bestThreads(scores);
  }

  /// Compares each library at the number of threads that is best for it, where several were tried.
  private static String bestThreads(List<Score> scores) {
    Map<Contest, List<Score>> byContest =
        scores.stream()
            .collect(Collectors.groupingBy(Score::contest, LinkedHashMap::new, toList()));
    byContest.values().removeIf(tried -> tried.size() < 2);
    if (byContest.isEmpty()) {
      return "";
    }
    StringBuilder table =
        new StringBuilder(
            """

            With the number of threads that is best for each:

            | work | Taut (threads) | rival (threads) | × rival | wanted | reached | Taut's threads over one |
            |---|---:|---:|---:|---:|:---:|---:|
            """);
    byContest.values().forEach(tried -> table.append(BestThreads.of(tried).row()).append('\n'));
    return table.toString();
  }

  private static String row(Score score, List<Library> libraries) {
    String times =
        libraries.stream()
            .map(library ->
                Optional.ofNullable(score.peers().get(library))
                    .map(reading -> Duration.shown(reading.best()))
                    .orElse(""))
            .collect(Collectors.joining(" | "));
    return String.format(
        Locale.ROOT,
        "| %s | %d | %s | %s | %s | %s | %s |",
        score.contest().title(),
        score.threads(),
        Duration.shown(score.taut().best()),
        times,
        score
            .fastest()
            .map(fastest ->
                number(score.ratio(fastest)) + " (" + number(score.medianRatio(fastest)) + ")")
            .orElse(""),
        score.contest().wanted().map(PeerTable::wanted).orElse(""),
        score.contest().wanted().map(wanted -> reached(score, wanted)).orElse(""));
  }

  static String wanted(Contest.Wanted wanted) {
    return number(wanted.ratio()) + wanted.rival().map(r -> " of " + r.title()).orElse("");
  }

  private static String reached(Score score, Contest.Wanted wanted) {
    return score
        .rival()
        .map(rival -> {
          double ratio = score.ratio(rival);
          String mark = ratio >= wanted.ratio() ? "yes" : "no";
          return wanted.rival().isPresent() ? mark + ", " + number(ratio) : mark;
        })
        .orElse("");
  }

  /// Judges the large squares by their geometric mean and their smallest.
  private static String squares(List<Score> scores) {
    double[] ratios =
        scores.stream()
            .filter(s -> s.contest().title().matches(Contests.LARGE_SQUARE))
            .filter(s -> s.peers().containsKey(Library.MKL))
            .mapToDouble(s -> s.ratio(Library.MKL))
            .toArray();
    if (ratios.length == 0) {
      return "";
    }
    double mean = Math.exp(Arrays.stream(ratios).map(Math::log).average().orElseThrow());
    return String.format(
        Locale.ROOT,
        "%nsgemm of the %d largest squares against MKL: geometric mean %s (wanted 0.90), smallest %s"
            + " (wanted 0.75).%n",
        ratios.length,
        number(mean),
        number(Arrays.stream(ratios).min().orElseThrow()));
  }

  static String number(double ratio) {
    return String.format(Locale.ROOT, "%.2f", ratio);
  }
}
