package taut.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import taut.bench.BenchmarkSettings;

/// Measures one contestant of one contest with JMH, in a JVM of its own.
final class Race {
  private static final int QUICK_ITERATIONS = 6;
  private static final TimeValue QUICK_WARMUP = TimeValue.milliseconds(500);
  private static final TimeValue QUICK_TIME = TimeValue.milliseconds(150);

  private Race() {}

  /// Measures Taut, or a library.
  ///
  /// @param log what JMH says is added to this file
  static Reading run(
      Contest contest, @Nullable Library library, int threads, boolean quick, Path log)
      throws RunnerException {
    Path latest = log.resolveSibling("latest.txt");
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .param("threads", String.valueOf(threads))
            .shouldFailOnError(true)
            .output(latest.toString());
    if (library == null) {
      options.include(exactly(contest.benchmark()));
      contest.parameters().forEach(options::param);
    } else {
      options
          .include(exactly(PeerBenchmark.class.getName() + ".run"))
          .param("library", library.name())
          .param("exercise", contest.exercise());
    }
    if (quick) {
      options
          .warmupIterations(QUICK_ITERATIONS / 2)
          .warmupTime(QUICK_WARMUP)
          .measurementIterations(QUICK_ITERATIONS)
          .measurementTime(QUICK_TIME);
    }
    try {
      return Reading.of(new Runner(options.build()).run());
    } finally {
      append(latest, log);
    }
  }

  private static String exactly(String benchmark) {
    return "^" + Pattern.quote(benchmark) + "$";
  }

  private static void append(Path latest, Path log) {
    try {
      Files.write(
          log, Files.readAllBytes(latest), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      Files.delete(latest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Tells how long is measured.
  static String settings(boolean quick, int rounds) {
    Warmup warmup = BenchmarkSettings.class.getAnnotation(Warmup.class);
    Measurement measurement = BenchmarkSettings.class.getAnnotation(Measurement.class);
    return String.format(
        Locale.ROOT,
        "Rounds: %d, each a new JVM for each number; %d × %s to warm up, %d × %s measured."
            + " Times are those of the best iteration.",
        rounds,
        quick ? QUICK_ITERATIONS / 2 : warmup.iterations(),
        quick ? QUICK_WARMUP : warmup.time() + " s",
        quick ? QUICK_ITERATIONS : measurement.iterations(),
        quick ? QUICK_TIME : measurement.time() + " s");
  }
}
