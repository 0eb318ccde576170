package taut.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/// Adds the processor time of a call, of all threads together, to JMH's results. Other programs on
/// the machine do not add to it as they do to the elapsed time.
///
/// Left out are the compiler's threads, which on a busy machine are still at work when measuring
/// has begun. Linux tells every thread's time in steps of ten milliseconds, so an iteration should
/// last a second.
public final class ProcessorTime implements InternalProfiler {
  /// The name of the result.
  static final String LABEL = "processor time";

  private static final Path THREADS = Path.of("/proc/self/task");
  private static final long NANOSECONDS_A_TICK = 10_000_000;

  /// Where the ticks in user mode and in the kernel stand behind a thread's name.
  private static final int USER = 11;

  private static final int KERNEL = 12;

  private long before;

  /// Makes the profiler; JMH does.
  public ProcessorTime() {}

  @Override
  public String getDescription() {
    return "processor time of a call";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = spent();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double time = spent() - before;
    double calls = result.getMetadata().getAllOps();
    return List.of(new ScalarResult(LABEL, time / calls, "ns/op", AggregationPolicy.AVG));
  }

  private static long spent() {
    try (Stream<Path> threads = Files.list(THREADS)) {
      return threads.mapToLong(ProcessorTime::spent).sum();
    } catch (IOException e) {
      throw new UncheckedIOException("peers: processor times are known on Linux only", e);
    }
  }

  /// Returns the nanoseconds of a thread, 0 for the compiler's and for one that has just ended.
  private static long spent(Path thread) {
    try {
      String line = Files.readString(thread.resolve("stat"));
      int nameEnd = line.lastIndexOf(')');
      if (line.substring(line.indexOf('(') + 1, nameEnd).matches("C[12] Compiler.*")) {
        return 0;
      }
      String[] numbers = line.substring(nameEnd + 2).split(" ", -1);
      return (Long.parseLong(numbers[USER]) + Long.parseLong(numbers[KERNEL])) * NANOSECONDS_A_TICK;
    } catch (NoSuchFileException _) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
