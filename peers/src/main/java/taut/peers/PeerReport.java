package taut.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import taut.bench.Duration;

/// Runs Taut's benchmarks beside the same works on other libraries, then writes one Markdown table
/// and one chart of ratios.
@Command(
    name = "./taut peers",
    description = "Compares Taut with PyTorch, TensorFlow, DL4J, MKL and OpenBLAS.",
    mixinStandardHelpOptions = true)
public final class PeerReport implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "REGEX",
      description = "Compare in works whose title matches, for example 'sgemm|circles'.")
  private Pattern chosen = Pattern.compile("");

  @Option(
      names = "--threads",
      split = ",",
      description = "Numbers of threads; each is a table row. Default: ${DEFAULT-VALUE}.")
  private List<Integer> threads = List.of(1);

  @Option(
      names = "--rounds",
      description =
          "How often all is measured; the best of all rounds counts. Default: ${DEFAULT-VALUE}.")
  private int rounds = 1;

  @Option(
      names = "--quick",
      description =
          "Short iterations, and only the two libraries known as the fastest for each work.")
  private boolean quick;

  @Option(
      names = "--warmup",
      paramLabel = "SECONDS",
      description = "How long to warm up, where a busy machine gives the compiler little time.")
  private int warmups;

  @Option(
      names = "--cpu",
      description =
          "Compare processor time, all threads together, instead of elapsed time: for one thread on"
              + " a machine that is busy with other things. TensorFlow's waiting threads count too.")
  private boolean processorTime;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where peers.md, peers.png and the log go. Default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of("target", "peers");

  private final Map<String, Reading> readings = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();

  /// Makes the command; picocli does.
  public PeerReport() {}

  /// Runs with the options of the command line.
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new PeerReport()).setOverwrittenOptionsAllowed(true).execute(arguments));
  }

  /// Compares, writes, and returns 0, or 1 if a library failed or disagreed with Taut.
  @Override
  public Integer call() throws IOException {
    Files.createDirectories(folder);
    List<Contest> contests =
        Contests.all().stream().filter(c -> chosen.matcher(c.title()).find()).toList();
    if (contests.isEmpty()) {
      System.err.printf("peers: no work matches '%s'; there are:%n", chosen);
      Contests.all().forEach(contest -> System.err.println("  " + contest.title()));
      return 2;
    }
    double load = Machine.load();
    for (int round = 0; round < rounds; round++) {
      for (int count : threads) {
        for (Contest contest : contests) {
          measure(contest, count);
        }
      }
    }
    List<Score> scores =
        threads.stream()
            .flatMap(count -> contests.stream().map(contest -> score(contest, count)))
            .filter(score -> !score.taut().times().isEmpty())
            .toList();
    String report =
        String.format(
            Locale.ROOT,
            "%s%n%s%nLoad of the machine: %.1f before, %.1f after.%n%n%s",
            Machine.description(),
            settings().description(),
            load,
            Machine.load(),
            PeerTable.markdown(scores));
    Files.writeString(folder.resolve("peers.md"), report);
    RatioChart.write(scores, folder.resolve("peers.png"));
    System.out.println("\n" + report);
    failures.forEach(failure -> System.err.println("failed: " + failure));
    return failures.isEmpty() ? 0 : 1;
  }

  private Settings settings() {
    return new Settings(quick, warmups, rounds, processorTime);
  }

  private List<Library> libraries(Contest contest) {
    return contest.libraries().stream().limit(quick ? 2 : Library.values().length).toList();
  }

  private void measure(Contest contest, int count) {
    measure(contest, null, count);
    libraries(contest).forEach(library -> measure(contest, library, count));
  }

  private void measure(Contest contest, @Nullable Library library, int count) {
    String who = library == null ? "Taut" : library.title();
    Path log = folder.resolve("log.txt");
    try {
      Reading reading = Race.run(contest, library, count, settings(), log);
      readings.merge(key(contest, library, count), reading, Reading::and);
      System.out.printf(
          Locale.ROOT,
          "%-32s %-14s %10s best, %10s median%n",
          contest.title(),
          who,
          Duration.shown(reading.best()),
          Duration.shown(reading.median()));
    } catch (RunnerException failure) {
      failures.add(contest.title() + " on " + who + ": " + failure.getMessage() + " (" + log + ")");
      System.out.printf("%-32s %-14s FAILED%n", contest.title(), who);
    }
  }

  private Score score(Contest contest, int count) {
    Map<Library, Reading> peers = new EnumMap<>(Library.class);
    for (Library library : libraries(contest)) {
      Reading reading = readings.get(key(contest, library, count));
      if (reading != null) {
        peers.put(library, reading);
      }
    }
    Reading taut = readings.getOrDefault(key(contest, null, count), new Reading(List.of()));
    return new Score(contest, count, taut, peers);
  }

  private static String key(Contest contest, @Nullable Library library, int count) {
    return contest.exercise() + " " + library + " " + count;
  }
}
