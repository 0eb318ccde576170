package taut.bench;

import java.util.Collection;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/// Runs the benchmarks that JMH's options choose, then prints one Markdown table of times, rates
/// and ratios.
///
/// `./taut bench` runs all of them, `./taut bench MatMul -p threads=1` some. The ratio says how
/// many times faster than the plain Java reference Taut was in the same run; times of different
/// runs should not be compared.
public final class Report {
  private static final String HEADER =
      """
      | benchmark | parameters | time | 99.9 % | best | rate | reference | ratio |
      |---|---|---:|---:|---:|---:|---:|---:|\
      """;

  /// Says how much a call of a benchmark does, given the name of the method and the values of the
  /// parameters.
  private interface Measure {
    Work work(String method, UnaryOperator<String> parameter);
  }

  private static final Map<String, Measure> MEASURES =
      Map.ofEntries(
          measure(ElementwiseBenchmark.class, ElementwiseBenchmark::work),
          measure(FitBenchmark.class, FitBenchmark::work),
          measure(MatMulBenchmark.class, MatMulBenchmark::work),
          measure(MatMulStepsBenchmark.class, MatMulStepsBenchmark::work),
          measure(NormalizationBenchmark.class, NormalizationBenchmark::work),
          measure(OptimizerBenchmark.class, OptimizerBenchmark::work),
          measure(PenaltyBenchmark.class, PenaltyBenchmark::work),
          measure(ProbabilityLossBenchmark.class, ProbabilityLossBenchmark::work),
          measure(RandomBenchmark.class, RandomBenchmark::work),
          measure(ReductionBenchmark.class, ReductionBenchmark::work),
          measure(RooflineBenchmark.class, RooflineBenchmark::work),
          measure(RowsBenchmark.class, RowsBenchmark::work),
          measure(SmallOpBenchmark.class, SmallOpBenchmark::work),
          measure(SoftmaxCrossEntropyBenchmark.class, SoftmaxCrossEntropyBenchmark::work),
          measure(StartBenchmark.class, StartBenchmark::work),
          measure(TrainingStepBenchmark.class, TrainingStepBenchmark::work));

  private Report() {}

  private static Map.Entry<String, Measure> measure(Class<?> benchmark, Measure measure) {
    return Map.entry(benchmark.getName(), measure);
  }

  /// Runs with JMH's options; what is not a run (`-h`, `-l` …) is left to JMH.
  public static void main(String[] arguments) throws Exception {
    CommandLineOptions options = new CommandLineOptions(arguments);
    boolean asks =
        options.shouldHelp()
            || options.shouldList()
            || options.shouldListWithParams()
            || options.shouldListProfilers()
            || options.shouldListResultFormats();
    if (asks) {
      org.openjdk.jmh.Main.main(arguments);
      return;
    }
    System.out.println("\n" + table(new Runner(options).run()));
  }

  /// Returns the table of those results that are average times.
  static String table(Collection<RunResult> results) {
    StringBuilder table = new StringBuilder(HEADER);
    for (RunResult result : results) {
      if (result.getParams().getMode() == Mode.AverageTime && !ReportRow.isReference(result)) {
        table
            .append('\n')
            .append(ReportRow.of(result, work(result.getParams()), results).markdown());
      }
    }
    return table.toString();
  }

  private static Work work(BenchmarkParams params) {
    String name = params.getBenchmark();
    int dot = name.lastIndexOf('.');
    Measure measure = MEASURES.get(name.substring(0, dot));
    if (measure == null) {
      throw new IllegalStateException("report: no measure of work is known for " + name);
    }
    return measure.work(name.substring(dot + 1), params::getParam);
  }
}
