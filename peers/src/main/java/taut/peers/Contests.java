package taut.peers;

import static taut.peers.Library.DL4J;
import static taut.peers.Library.MKL;
import static taut.peers.Library.OPENBLAS;
import static taut.peers.Library.PYTORCH;
import static taut.peers.Library.TENSORFLOW;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import taut.bench.MatMulBenchmark;
import taut.bench.PenaltyBenchmark;
import taut.bench.ReductionBenchmark;
import taut.bench.SmallOpBenchmark;
import taut.bench.SoftmaxCrossEntropyBenchmark;
import taut.bench.TrainingStepBenchmark;
import taut.peers.Contest.Wanted;

/// All works that are compared, with what Taut is to reach in each.
final class Contests {
  /// The squares whose ratios are judged by their mean, not one by one.
  static final String LARGE_SQUARE = "sgemm (256|512|1024|2048)";

  private static final List<Library> BLAS = List.of(MKL, OPENBLAS, PYTORCH, TENSORFLOW, DL4J);
  private static final List<Library> FRAMEWORKS = List.of(TENSORFLOW, PYTORCH, DL4J);
  private static final List<Library> DIFFERENTIATING = List.of(TENSORFLOW, PYTORCH);

  private Contests() {}

  /// Returns them in the table's order.
  static List<Contest> all() {
    List<Contest> all = new ArrayList<>();
    for (int size : new int[] {64, 128}) {
      all.add(square(size, Wanted.ofFastest(0.8)));
    }
    for (int size : new int[] {256, 512, 1024, 2048}) {
      all.add(square(size, Wanted.of(MKL, 0.9)));
    }
    for (int batch : new int[] {32, 256}) {
      Wanted wanted = Wanted.of(MKL, 1);
      String b = String.valueOf(batch);
      all.add(product("sgemm " + b + "×784·784×200", b + "x784x200", wanted));
      all.add(product("sgemm 784×" + b + "·" + b + "×200, Aᵀ", "784x" + b + "x200 A", wanted));
      all.add(product("sgemm " + b + "×200·200×784, Bᵀ", b + "x200x784 B", wanted));
    }
    all.add(product("sgemm 32×500·500×1", "32x500x1", Wanted.ofFastest(0.8)));
    all.add(product("sgemm 30×2·2×500", "30x2x500", Wanted.ofFastest(0.8)));
    for (String kind : List.of("l2", "l1")) {
      all.add(penalty(kind, "10⁴", 10_000));
      all.add(penalty(kind, "10⁶", 1_000_000));
      all.add(penalty(kind, "10⁷", 10_000_000));
    }
    all.add(reduction("sum, 10⁷", "sum:ALL", "sum"));
    all.add(reduction("row sums, 4096×2048", "sum:ROWS", "rowSums"));
    all.add(reduction("column sums, 4096×2048", "sum:COLUMNS", "columnSums"));
    all.add(
        new Contest(
            "cross-entropy 256×1000",
            "cross-entropy:256x1000",
            method(SoftmaxCrossEntropyBenchmark.class, "lossAndGradient"),
            Map.of(),
            DIFFERENTIATING,
            Optional.of(Wanted.ofFastest(1.5))));
    all.add(step("Fashion MLP, batch 32", "fashion 32", 1.4));
    all.add(step("Fashion MLP, batch 256", "fashion 256", 1.25));
    all.add(step("circles, batch 30", "circles 30", 3));
    all.add(step("diabetes, batch 32", "diabetes 32", 2));
    all.add(step("CNN 28×28, batch 32", "cnn 32", 1.1));
    all.add(step("LSTM 64×50, batch 32", "lstm 32", 1.5));
    all.add(
        new Contest(
            "x + y, 16 floats",
            "add:16",
            method(SmallOpBenchmark.class, "add"),
            Map.of(),
            List.of(PYTORCH, TENSORFLOW, DL4J),
            Optional.empty()));
    return all;
  }

  private static Contest square(int size, Wanted wanted) {
    return product("sgemm " + size, size + "x" + size + "x" + size, wanted);
  }

  private static Contest product(String title, String shape, Wanted wanted) {
    return new Contest(
        title,
        "product:" + shape,
        method(MatMulBenchmark.class, "product"),
        Map.of("shape", shape),
        BLAS,
        Optional.of(wanted));
  }

  private static Contest penalty(String kind, String shownCount, int count) {
    return new Contest(
        kind.toUpperCase(Locale.ROOT) + " penalty, " + shownCount + " weights",
        kind + ":" + count,
        method(PenaltyBenchmark.class, kind + "Gradient"),
        Map.of("weights", String.valueOf(count)),
        DIFFERENTIATING,
        Optional.of(Wanted.ofFastest(3)));
  }

  private static Contest reduction(String title, String exercise, String method) {
    return new Contest(
        title,
        exercise,
        method(ReductionBenchmark.class, method),
        Map.of(),
        FRAMEWORKS,
        Optional.of(Wanted.ofFastest(0.95)));
  }

  private static Contest step(String title, String study, double wanted) {
    boolean dense = study.startsWith("fashion") || study.startsWith("diabetes");
    return new Contest(
        "step, " + title,
        "step:" + study,
        method(TrainingStepBenchmark.class, "step"),
        Map.of("study", study),
        dense ? FRAMEWORKS : DIFFERENTIATING,
        Optional.of(Wanted.ofFastest(wanted)));
  }

  private static String method(Class<?> benchmark, String name) {
    return benchmark.getName() + "." + name;
  }
}
