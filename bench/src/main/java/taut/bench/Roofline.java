package taut.bench;

import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import taut.bench.roofline.HotKernel;
import taut.bench.roofline.Limit;
import taut.bench.roofline.Measurement;
import taut.bench.roofline.RooflineChart;
import taut.bench.roofline.RooflineTable;

/// Measures the limits of one core and Taut's kernels beside them, draws the roofline picture of S.
/// Williams, A. Waterman and D. Patterson (2009), and prints its numbers as Markdown.
///
/// `./taut roofline` does it; JMH's options change how, but not what is measured.
public final class Roofline {
  private static final Path PICTURE = Path.of("out", "roofline.png");

  private Roofline() {}

  /// Runs with JMH's options.
  public static void main(String[] arguments) throws Exception {
    Options options =
        new OptionsBuilder()
            .parent(new CommandLineOptions(arguments))
            .mode(Mode.SampleTime)
            .include("\\." + RooflineBenchmark.class.getSimpleName() + "\\.")
            .build();
    Collection<RunResult> results = new Runner(options).run();
    Map<Limit, Measurement> limits = new EnumMap<>(Limit.class);
    Map<HotKernel, Measurement> kernels = new EnumMap<>(HotKernel.class);
    for (RunResult result : results) {
      // The fastest call: what else the machine does can only make it slower.
      double nanoseconds = result.getPrimaryResult().getStatistics().getMin();
      String limit = result.getParams().getParam("limit");
      if (limit != null) {
        Limit found = Limit.valueOf(limit);
        limits.put(found, new Measurement(found.label(), found.workload(), nanoseconds));
      } else {
        HotKernel kernel = HotKernel.valueOf(result.getParams().getParam("kernel"));
        kernels.put(kernel, new Measurement(kernel.label(), kernel.workload(), nanoseconds));
      }
    }
    System.out.println("\n" + RooflineTable.markdown(limits, kernels));
    System.out.println("picture: " + RooflineChart.of(limits, kernels).save(PICTURE));
  }
}
