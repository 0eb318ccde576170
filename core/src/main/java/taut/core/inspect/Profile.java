package taut.core.inspect;

import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import taut.core.Op;
import taut.core.Recorder;
import taut.core.Tensor;

/// Measures the operations of the current thread by name: how often, how long, how much arithmetic
/// and memory traffic, how much allocated.
///
/// Times are those of the kernels with the work around them, on the thread that calls; measuring
/// adds some 0.1 µs to each operation. FLOPs and bytes are what [Op#flops] and the sizes of inputs
/// and outputs say, not what hardware counters would.
public final class Profile implements Recorder, AutoCloseable {
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  /// The totals of one kind of operation.
  ///
  /// @param op its name
  /// @param count how often it ran
  /// @param nanoseconds how long it took in all
  /// @param flops how many floating-point operations it did
  /// @param bytes the sizes of its inputs and outputs
  /// @param allocated how many bytes its thread took from the heap
  public record Row(
      String op, long count, long nanoseconds, long flops, long bytes, long allocated) {
    private Row plus(long time, Cost cost, long allocated) {
      return new Row(
          op,
          count + 1,
          nanoseconds + time,
          flops + cost.flops(),
          bytes + cost.bytes(),
          this.allocated + allocated);
    }
  }

  private final Map<String, Row> rows = new HashMap<>();
  private long started;
  private long allocatedBefore;

  private Profile() {}

  /// Begins a profile, which goes on until it is closed.
  public static Profile start() {
    Profile profile = new Profile();
    Recorder.start(profile);
    return profile;
  }

  @Override
  public void begin(Op op) {
    allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
    started = System.nanoTime();
  }

  @Override
  public void record(Op op, Tensor[] inputs, Tensor output) {
    long time = System.nanoTime() - started;
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
    Cost cost = Cost.of(op, inputs, output);
    Row row = rows.getOrDefault(op.label(), new Row(op.label(), 0, 0, 0, 0, 0));
    rows.put(op.label(), row.plus(time, cost, allocated));
  }

  /// Returns the totals, what took longest first.
  public List<Row> rows() {
    return rows.values().stream()
        .sorted(Comparator.comparingLong(Row::nanoseconds).reversed())
        .toList();
  }

  /// Prints the totals as a table.
  @Override
  public String toString() {
    long total = Math.max(1, rows.values().stream().mapToLong(Row::nanoseconds).sum());
    StringBuilder text =
        new StringBuilder(
            String.format(
                "%-28s %8s %10s %6s %9s %9s %12s%n",
                "op", "count", "µs", "share", "GFLOP/s", "GB/s", "allocated"));
    for (Row row : rows()) {
      double nanoseconds = Math.max(1, row.nanoseconds);
      text.append(
          String.format(
              Locale.ROOT,
              "%-28s %8d %10.1f %5.1f%% %9.2f %9.2f %,12d%n",
              row.op,
              row.count,
              row.nanoseconds * 1e-3,
              100.0 * row.nanoseconds / total,
              row.flops / nanoseconds,
              row.bytes / nanoseconds,
              row.allocated));
    }
    return text.toString();
  }

  /// Ends the profile; what was measured stays.
  @Override
  public void close() {
    Recorder.stop(this);
  }
}
