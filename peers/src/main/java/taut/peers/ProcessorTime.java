package taut.peers;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/// Adds the processor time of a call, of all threads of the JVM together, to JMH's results. Other
/// programs on the machine do not add to it as they do to the elapsed time.
public final class ProcessorTime implements InternalProfiler {
  /// The name of the result.
  static final String LABEL = "processor time";

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private long before;

  /// Makes the profiler; JMH does.
  public ProcessorTime() {}

  @Override
  public String getDescription() {
    return "processor time of a call";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = system.getProcessCpuTime();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double time = system.getProcessCpuTime() - before;
    double calls = result.getMetadata().getAllOps();
    return List.of(new ScalarResult(LABEL, time / calls, "ns/op", AggregationPolicy.AVG));
  }
}
