package taut.bench;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import taut.core.kernels.Parallel;

/// Sets how many threads the kernels use. A benchmark that takes this state is measured for each
/// number.
///
/// Not to be confused with JMH's `-t`, the number of threads that call a benchmark: that stays 1.
@State(Scope.Benchmark)
public class KernelThreads {
  /// The number of threads.
  @Param({"1", "2"})
  public int threads;

  /// Makes the state; JMH does.
  public KernelThreads() {}

  /// Sets the number for this run.
  @Setup
  public void set() {
    Parallel.setThreads(threads);
  }
}
