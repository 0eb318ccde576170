package taut.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// Measures one contestant of one contest with JMH, in a JVM of its own.
final class Race {
  private Race() {}

  /// Measures Taut, or a library.
  ///
  /// @param log what JMH says is added to this file
  static Reading run(
      Contest contest, @Nullable Library library, int threads, Settings settings, Path log)
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
    settings.apply(options);
    try {
      return Reading.of(new Runner(options.build()).run(), settings.processorTime());
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
}
