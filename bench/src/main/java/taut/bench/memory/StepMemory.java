package taut.bench.memory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import taut.bench.Study;
import taut.core.MemoryScope;
import taut.core.kernels.Parallel;
import taut.training.Callback;
import taut.training.Dataset;
import taut.training.Fit;
import taut.training.Metrics;
import taut.training.Model;
import taut.training.Scores;

/// Prints what a training step of some studies takes in its steady state: the objects and arrays
/// that it makes, and the most bytes of tensors that are in use at one time.
///
/// `./taut memory` does it. A study is named like one of [Study#of]; `fit fashion 32` takes its
/// steps with [Model#fit] instead of the hand-written loop. Objects are counted without escape
/// analysis; with it C2 makes fewer. Arrays, which there should be none of, are listed with their
/// places.
public final class StepMemory {
  private static final List<String> ALL =
      List.of(
          "circles 30",
          "fashion 32",
          "diabetes 32",
          "cnn 8",
          "lstm 8",
          "gru 8",
          "rnn 8",
          "fit circles 30",
          "fit fashion 32");

  /// The steps before the state counts as steady, and those that are traced.
  private static final int WARMUP = 10;

  private static final int TRACED = 2;

  private StepMemory() {}

  /// Prints a table of the studies that are named, or of all; in a JVM of its own, which it starts.
  public static void main(String... studies) throws IOException, InterruptedException {
    if (!AllocationTrace.works()) {
      System.exit(command(List.of(studies)).inheritIO().start().waitFor());
    }
    Parallel.setThreads(1);
    System.out.printf("| step | objects | bytes | arrays | peak bytes of tensors |%n");
    System.out.printf("|---|---:|---:|---:|---:|%n");
    for (String study : studies.length == 0 ? ALL : List.of(studies)) {
      print(study);
    }
  }

  /// Returns the command that runs this class in a JVM with the flags that it needs.
  static ProcessBuilder command(List<String> studies) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(AllocationTrace.FLAGS);
    String modules = System.getProperty("jdk.module.path");
    if (modules != null) {
      command.addAll(List.of("-p", modules, "-m", "taut.bench/" + StepMemory.class.getName()));
    } else {
      String classes = System.getProperty("java.class.path");
      command.addAll(List.of("--add-modules", "jdk.incubator.vector,jdk.jfr", "-cp", classes));
      command.add(StepMemory.class.getName());
    }
    command.addAll(studies);
    return new ProcessBuilder(command);
  }

  private static void print(String name) {
    Traced step = name.startsWith("fit ") ? fit(name.substring(4)) : loop(Study.of(name));
    List<Allocation> all = step.allocations;
    List<Allocation> arrays = all.stream().filter(Allocation::isArray).toList();
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %,d | %d | %,d |%n",
        name,
        count(all) / TRACED,
        all.stream().mapToLong(Allocation::bytes).sum() / TRACED,
        Math.ceilDiv(count(arrays), TRACED),
        step.peakBytes);
    for (Allocation a : arrays) {
      System.out.printf("%d × %s, %d bytes: %s%n", a.count(), a.type(), a.bytes(), a.place());
    }
  }

  private static long count(List<Allocation> allocations) {
    return allocations.stream().mapToLong(Allocation::count).sum();
  }

  /// What some steps made, and the most that one had in use.
  private record Traced(List<Allocation> allocations, long peakBytes) {}

  private static Traced loop(Study study) {
    for (int i = 0; i < WARMUP; i++) {
      study.step();
    }
    AllocationTrace trace = AllocationTrace.start();
    for (int i = 0; i < TRACED; i++) {
      study.step();
    }
    List<Allocation> made = trace.stop();
    try (MemoryScope scope = MemoryScope.open()) {
      study.step();
      return new Traced(made, scope.peakBytes());
    }
  }

  private static Traced fit(String name) {
    int batch = Integer.parseInt(name.substring(name.lastIndexOf(' ') + 1));
    int steps = WARMUP + TRACED + 1;
    Study study = Study.of(name.substring(0, name.lastIndexOf(' ') + 1) + batch * steps);
    Model model =
        Model.compile(study.network(), study.optimizer(), study.loss(), Metrics.accuracy());
    Probe probe = new Probe();
    var history =
        model.fit(
            Dataset.of(study.x(), study.y()),
            Fit.epochs(1).batchSize(batch).quietly().callback(probe));
    return new Traced(probe.made, history.last().peakBytes());
  }

  /// Traces the last steps but one.
  private static final class Probe implements Callback {
    private List<AllocationTrace> trace = List.of();
    private List<Allocation> made = List.of();

    @Override
    public void stepEnds(int step, Supplier<Scores> scores) {
      if (step == WARMUP) {
        trace = List.of(AllocationTrace.start());
      } else if (step == WARMUP + TRACED) {
        made = trace.getFirst().stop();
      }
    }
  }
}
