package taut.peers;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Fork;
import taut.bench.BenchmarkSettings;

/// Tells what a table was measured on.
final class Machine {
  private static final Path CPUS = Path.of("/proc/cpuinfo");

  private Machine() {}

  static String description() {
    Runtime runtime = Runtime.getRuntime();
    return String.format(
        Locale.ROOT,
        "CPU: %s, %d cores, %s. JDK: %s %s.%nFlags: `%s`.",
        processor(),
        runtime.availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("java.vm.name"),
        Runtime.version(),
        flags());
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(CPUS)) {
      List<String> all = lines.toList();
      return value(all, "model name")
          + " (family "
          + value(all, "cpu family")
          + ", model "
          + value(all, "model")
          + ")";
    } catch (IOException _) {
      return System.getProperty("os.arch");
    }
  }

  private static String value(List<String> lines, String key) {
    return lines.stream()
        .map(line -> line.split("\\s*:\\s*", 2))
        .filter(words -> words.length == 2 && words[0].equals(key))
        .map(words -> words[1])
        .findFirst()
        .orElse("unknown");
  }

  /// Returns the flags of every measuring JVM, but for folders and what only silences warnings.
  private static String flags() {
    Fork fork = BenchmarkSettings.class.getAnnotation(Fork.class);
    return Stream.concat(
            ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("-X")),
            Stream.of(fork == null ? new String[0] : fork.jvmArgsAppend()))
        .collect(Collectors.joining(" "));
  }

  /// Returns how many programs want to run, on average over the last minute.
  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
