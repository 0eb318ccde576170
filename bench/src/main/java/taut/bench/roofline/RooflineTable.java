package taut.bench.roofline;

import java.util.Locale;
import java.util.Map;

/// The numbers of a roofline picture.
public final class RooflineTable {
  private RooflineTable() {}

  /// Returns two Markdown tables: the limits, and the kernels with the share of the roof that each
  /// reaches. More than all of it is possible where a cache holds the data.
  public static String markdown(
      Map<Limit, Measurement> limits, Map<HotKernel, Measurement> kernels) {
    Roof roof = Roof.of(limits);
    StringBuilder table = new StringBuilder("| limit | GFLOP/s | GB/s |\n|---|---:|---:|");
    for (Measurement m : limits.values()) {
      table.append(
          "\n| %s | %s | %s |".formatted(m.label(), rate(m.gigaflops()), rate(m.gigabytes())));
    }
    table.append(
        "\n\n| kernel | FLOP/byte | GFLOP/s | GB/s | of the roof |\n|---|---:|---:|---:|---:|");
    for (Measurement m : kernels.values()) {
      double share = m.gigaflops() / roof.at(m.intensity());
      table.append(
          "\n| %s | %s | %s | %s | %s %% |"
              .formatted(
                  m.label(),
                  String.format(Locale.ROOT, "%.2f", m.intensity()),
                  rate(m.gigaflops()),
                  rate(m.gigabytes()),
                  Math.round(100 * share)));
    }
    return table.toString();
  }

  private static String rate(double rate) {
    return rate == 0 ? "" : String.format(Locale.ROOT, "%.1f", rate);
  }
}
