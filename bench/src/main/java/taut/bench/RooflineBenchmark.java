package taut.bench;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import taut.bench.roofline.HotKernel;
import taut.bench.roofline.Limit;
import taut.bench.roofline.Workload;
import taut.core.kernels.Parallel;

/// Measures what [Roofline] draws: the limits of one core, and kernels on one thread.
public class RooflineBenchmark extends BenchmarkSettings {
  /// Makes the benchmark; JMH does.
  public RooflineBenchmark() {}

  /// Finds a limit.
  @Benchmark
  public Object limit(Limits state) {
    return state.call.get();
  }

  /// Runs a kernel.
  @Benchmark
  public Object kernel(Kernels state) {
    return state.call.get();
  }

  static Work work(String method, UnaryOperator<String> parameter) {
    Workload workload =
        method.equals("limit")
            ? Limit.valueOf(parameter.apply("limit")).workload()
            : HotKernel.valueOf(parameter.apply("kernel")).workload();
    return workload.bytes() == 0 ? Work.flops(workload.flops()) : Work.bytes(workload.bytes());
  }

  /// The limits that are measured.
  @State(Scope.Benchmark)
  public static class Limits {
    /// See [Limit].
    @Param public Limit limit = Limit.MULTIPLY_ADD;

    private Supplier<Object> call = () -> this;

    /// Makes the state; JMH does.
    public Limits() {}

    /// Makes the data.
    @Setup
    public void prepare() {
      Parallel.setThreads(1);
      call = limit.workload().prepare().get();
    }
  }

  /// The kernels that are measured.
  @State(Scope.Benchmark)
  public static class Kernels {
    /// See [HotKernel].
    @Param public HotKernel kernel = HotKernel.SUM;

    private Supplier<Object> call = () -> this;

    /// Makes the state; JMH does.
    public Kernels() {}

    /// Makes the data.
    @Setup
    public void prepare() {
      Parallel.setThreads(1);
      call = kernel.workload().prepare().get();
    }
  }
}
