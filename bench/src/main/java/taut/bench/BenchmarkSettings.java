package taut.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/// Holds the settings that every benchmark inherits: one place, so that all figures of a report are
/// alike.
///
/// One forked JVM a row, three seconds to warm up, five of a second each to measure. The heap has
/// its full size from the start, every page touched, because growing it would be measured too; its
/// pages are large where the system has such, because looking up small ones takes up to a third of
/// a pass over a long array. JMH's own options (`-f`, `-wi`, `-i`, `-jvmArgsAppend` …) override
/// them for a run.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-Xms4g",
      "-Xmx4g",
      "-XX:+AlwaysPreTouch",
      "-XX:+UseTransparentHugePages",
      "--add-modules=jdk.incubator.vector"
    })
public abstract class BenchmarkSettings {
  /// Makes the benchmark; JMH does.
  protected BenchmarkSettings() {}
}
