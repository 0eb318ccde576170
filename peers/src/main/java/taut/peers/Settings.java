package taut.peers;

import java.util.Locale;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import taut.bench.BenchmarkSettings;

/// How long everything is measured, and what.
///
/// @param quick whether the iterations are shorter than those of [BenchmarkSettings]
/// @param rounds how often everything is measured
/// @param processorTime whether processor time is compared instead of elapsed time
record Settings(boolean quick, int rounds, boolean processorTime) {
  private static final int WARMUPS = 3;
  private static final int ITERATIONS = 6;
  private static final TimeValue WARMUP = TimeValue.milliseconds(500);
  private static final TimeValue TIME = TimeValue.milliseconds(150);

  void apply(ChainedOptionsBuilder options) {
    if (processorTime) {
      options.addProfiler(ProcessorTime.class);
    }
    if (quick) {
      options
          .warmupIterations(WARMUPS)
          .warmupTime(WARMUP)
          .measurementIterations(ITERATIONS)
          .measurementTime(TIME);
    }
  }

  String description() {
    Warmup warmup = BenchmarkSettings.class.getAnnotation(Warmup.class);
    Measurement measurement = BenchmarkSettings.class.getAnnotation(Measurement.class);
    return String.format(
        Locale.ROOT,
        "Rounds: %d, each a new JVM for each number; %d × %s to warm up, %d × %s measured."
            + " Times are %s of the best iteration.",
        rounds,
        quick ? WARMUPS : warmup.iterations(),
        quick ? WARMUP : warmup.time() + " s",
        quick ? ITERATIONS : measurement.iterations(),
        quick ? TIME : measurement.time() + " s",
        processorTime ? "processor times, all threads together," : "those");
  }
}
