package taut.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.RunResult;

/// The times of one work on one library, elapsed or the processor's: the averages of all iterations
/// in all rounds, in nanoseconds.
record Reading(List<Double> times) {
  static Reading of(Collection<RunResult> results, boolean processorTime) {
    List<Double> times = new ArrayList<>();
    for (RunResult result : results) {
      long perUnit = TimeUnit.NANOSECONDS.convert(1, result.getParams().getTimeUnit());
      for (var fork : result.getBenchmarkResults()) {
        for (var iteration : fork.getIterationResults()) {
          times.add(
              processorTime
                  ? Objects.requireNonNull(iteration.getSecondaryResults().get(ProcessorTime.LABEL))
                      .getScore()
                  : iteration.getPrimaryResult().getScore() * perUnit);
        }
      }
    }
    return new Reading(times);
  }

  Reading and(Reading other) {
    List<Double> all = new ArrayList<>(times);
    all.addAll(other.times);
    return new Reading(all);
  }

  /// Returns the shortest: what other programs on the machine disturbed least.
  double best() {
    return sorted()[0];
  }

  /// Returns the one in the middle.
  double median() {
    double[] sorted = sorted();
    return sorted[sorted.length / 2];
  }

  private double[] sorted() {
    double[] sorted = times.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }
}
