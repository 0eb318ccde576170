package taut.core;

import java.util.List;
import java.util.function.Supplier;

/// Hears of every operation that the current thread runs, from [#start] to [#stop].
///
/// This is all that `core` knows of tapes: a gradient tape, a forward accumulator, a profiler and a
/// printer are recorders.
///
/// Recorders form a stack. While one of them handles an operation, only those started before it
/// hear of the operations that this handling itself runs; so a recorder never hears itself, and
/// derivatives nest to any order.
public interface Recorder {
  /// Hears that an operation is about to run.
  default void begin(Op op) {}

  /// Takes note of an operation that has just run.
  ///
  /// @param inputs what it ran on; the array is used again, so only what is in it may be kept
  void record(Op op, Tensor[] inputs, Tensor output);

  /// Hears that elements were changed in place, by something that is no operation and has just
  /// happened: an assignment, the step of an optimizer.
  ///
  /// @param name what was changed, such as a variable's name
  /// @param by what changed it, whose string form names it
  /// @param value the new value
  default void updated(String name, Object by, Tensor value) {}

  /// Makes a recorder hear the current thread's operations.
  static void start(Recorder recorder) {
    Dispatcher.current().start(recorder);
  }

  /// Makes a recorder hear the current thread's operations again, below the recorders that were
  /// above it when it stopped: they go on being heard by it.
  ///
  /// @param place what [#stop] returned
  static void start(Recorder recorder, int place) {
    Dispatcher.current().start(recorder, place);
  }

  /// Makes a recorder stop hearing the current thread's operations; without effect if it does not
  /// hear them.
  ///
  /// @return its place in the stack, counted from the one started first; 0 if it did not hear
  static int stop(Recorder recorder) {
    return Dispatcher.current().stop(recorder);
  }

  /// Returns the recorders that hear the current thread now, the one started last at the end.
  static List<Recorder> active() {
    return Dispatcher.current().active();
  }

  /// Runs something of which the recorders that hear now do not hear; those it starts itself do.
  static <T> T unheard(Supplier<T> work) {
    return Dispatcher.current().unheard(work);
  }
}
