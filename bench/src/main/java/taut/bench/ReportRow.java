package taut.bench;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;

/// One line of a report: a benchmark with its parameters, how long a call takes on average and in
/// the best iteration (what a busy machine disturbs least), and the reference it is compared with.
///
/// A method `x` is compared with the method `xReference` of the same class that was measured in the
/// same run with the same parameters; the reference has no `threads` parameter, being
/// single-threaded always.
record ReportRow(
    String benchmark,
    String parameters,
    double nanoseconds,
    double error,
    double best,
    Work work,
    Optional<Double> reference) {
  private static final String REFERENCE = "Reference";

  static boolean isReference(RunResult result) {
    return result.getParams().getBenchmark().endsWith(REFERENCE);
  }

  static ReportRow of(RunResult result, Work work, Collection<RunResult> all) {
    BenchmarkParams params = result.getParams();
    String name = params.getBenchmark();
    String shown =
        params.getParamsKeys().stream()
            .sorted()
            .map(key -> key.equals("threads") ? threads(params) : params.getParam(key))
            .collect(Collectors.joining(", "));
    Optional<Double> reference =
        all.stream()
            .filter(r -> isReferenceOf(r.getParams(), params))
            .findFirst()
            .map(ReportRow::time);
    return new ReportRow(
        name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1)
            .replace("Benchmark", ""),
        shown,
        time(result),
        result.getPrimaryResult().getScoreError() * perUnit(params),
        result.getPrimaryResult().getStatistics().getMin() * perUnit(params),
        work,
        reference);
  }

  private static String threads(BenchmarkParams params) {
    return params.getParam("threads").equals("1")
        ? "1 thread"
        : params.getParam("threads") + " threads";
  }

  private static boolean isReferenceOf(BenchmarkParams reference, BenchmarkParams params) {
    return reference.getBenchmark().equals(params.getBenchmark() + REFERENCE)
        && reference.getParamsKeys().stream()
            .allMatch(key -> reference.getParam(key).equals(params.getParam(key)));
  }

  private static double time(RunResult result) {
    return result.getPrimaryResult().getScore() * perUnit(result.getParams());
  }

  private static double perUnit(BenchmarkParams params) {
    return TimeUnit.NANOSECONDS.convert(1, params.getTimeUnit());
  }

  /// Returns the line as a row of a Markdown table; [Report#HEADER] names the columns.
  String markdown() {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | ± %.0f %% | %s | %s | %s | %s |",
        benchmark,
        parameters,
        Duration.shown(nanoseconds),
        100 * error / nanoseconds,
        Duration.shown(best),
        work.rate(nanoseconds),
        reference.map(Duration::shown).orElse(""),
        reference.map(r -> String.format(Locale.ROOT, "%.2f", r / nanoseconds)).orElse(""));
  }
}
