package taut.peers;

import java.util.Locale;
import java.util.Objects;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import taut.bench.BenchmarkSettings;

/// How long everything is measured, and what.
///
/// @param quick whether the iterations are shorter than those of [BenchmarkSettings]
/// @param warmups the number of warm-up iterations of a second, 0 for the usual number
/// @param rounds how often everything is measured
/// @param processorTime whether processor time is compared instead of elapsed time
record Settings(boolean quick, int warmups, int rounds, boolean processorTime) {
  private static final int QUICK_WARMUPS = 2;
  private static final int ITERATIONS = 4;
  private static final TimeValue TIME = TimeValue.milliseconds(150);

  void apply(ChainedOptionsBuilder options) {
    if (processorTime) {
      options.addProfiler(ProcessorTime.class);
    }
    options.warmupIterations(warmupIterations());
    if (quick) {
      options.measurementIterations(ITERATIONS).measurementTime(quickTime());
    }
  }

  /// Returns the time of a short iteration; processor times are told in steps too coarse for it.
  private TimeValue quickTime() {
    return processorTime ? TimeValue.seconds(1) : TIME;
  }

  private int warmupIterations() {
    if (warmups > 0) {
      return warmups;
    }
    return quick ? QUICK_WARMUPS : warmup().iterations();
  }

  private static Warmup warmup() {
    return Objects.requireNonNull(BenchmarkSettings.class.getAnnotation(Warmup.class));
  }

  String description() {
    Measurement measurement = BenchmarkSettings.class.getAnnotation(Measurement.class);
    return String.format(
        Locale.ROOT,
        "Rounds: %d, each a new JVM for each number; %d × %s to warm up, %d × %s measured."
            + " Times are %s of the best iteration.",
        rounds,
        warmupIterations(),
        warmup().time() + " s",
        quick ? ITERATIONS : measurement.iterations(),
        quick ? quickTime() : measurement.time() + " s",
        processorTime ? "processor times, all threads together," : "those");
  }
}
