package taut.peers;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import taut.bench.BenchmarkSettings;

/// Measures one exercise on one library, in a JVM that has loaded no other, once its result has
/// been found equal to Taut's.
@State(Scope.Benchmark)
public class PeerBenchmark extends BenchmarkSettings {
  /// The library, a constant of [Library].
  @Param({})
  public String library = "";

  /// The exercise, as [Exercise] reads it.
  @Param({})
  public String exercise = "";

  /// The number of threads that the library may use.
  @Param({"1"})
  public int threads;

  private Task task = new Nothing();

  /// Makes the benchmark; JMH does.
  public PeerBenchmark() {}

  /// Loads the library, gives it the inputs, and compares its result.
  @Setup
  public void prepare() {
    Library chosen = Library.valueOf(library);
    Exercise wanted = Exercise.of(exercise);
    task =
        chosen
            .start(threads)
            .prepare(wanted)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "peers: " + chosen.title() + " has no task for '" + exercise + "'"));
    Agreement.check(
        exercise + " on " + chosen.title(), wanted.expected(), task.result(), wanted.tolerance());
  }

  /// Does the exercise once.
  @Benchmark
  public Object run() {
    return task.run();
  }

  private record Nothing() implements Task {
    @Override
    public Object run() {
      return this;
    }

    @Override
    public float[] result() {
      return new float[0];
    }
  }
}
