package taut.training;

import java.util.function.Supplier;

/// Hears of the progress of a training run; every method may be left out.
public interface Callback {
  /// Hears that training begins.
  ///
  /// @param epochs how many epochs are planned
  /// @param steps how many batches an epoch has
  default void trainingBegins(int epochs, int steps) {}

  /// Hears that an epoch begins, counted from 1.
  default void epochBegins(int epoch) {}

  /// Hears that a batch has been learned from.
  ///
  /// @param step the batch within the epoch, counted from 1
  /// @param soFar the mean scores of this epoch so far, computed when asked for
  default void stepEnds(int step, Supplier<Scores> soFar) {}

  /// Hears what an epoch brought.
  default void epochEnds(Epoch epoch) {}

  /// Hears that training has ended, for whatever reason.
  default void trainingEnds() {}
}
