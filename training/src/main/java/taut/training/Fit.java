package taut.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The settings of a training run; each method returns new settings.
///
/// @param epochs how often the data are gone through, 1 or more
/// @param batchSize how many samples are learned from at once, 32 unless told otherwise
/// @param seed what shuffles, masks and, for a network that is not built yet, weights follow from
/// @param shuffle whether each epoch has a new order
/// @param validation data to score after each epoch
/// @param progress whether progress is shown on standard error
/// @param callbacks who else hears of the progress
public record Fit(
    int epochs,
    int batchSize,
    long seed,
    boolean shuffle,
    Optional<Dataset> validation,
    boolean progress,
    List<Callback> callbacks) {
  /// The batch size unless told otherwise.
  public static final int DEFAULT_BATCH_SIZE = 32;

  /// Checks the numbers.
  public Fit {
    if (epochs < 1) {
      throw new IllegalArgumentException("fit: epochs must be 1 or more, got " + epochs);
    }
    if (batchSize < 1) {
      throw new IllegalArgumentException("fit: the batch size must be 1 or more, got " + batchSize);
    }
    callbacks = List.copyOf(callbacks);
  }

  /// Returns settings for a number of epochs: batches of 32, seed 0, shuffled, no validation,
  /// progress shown.
  public static Fit epochs(int epochs) {
    return new Fit(epochs, DEFAULT_BATCH_SIZE, 0, true, Optional.empty(), true, List.of());
  }

  /// Sets the number of samples that are learned from at once.
  public Fit batchSize(int batchSize) {
    return new Fit(epochs, batchSize, seed, shuffle, validation, progress, callbacks);
  }

  /// Sets the seed; the same seed gives the same run, bit for bit.
  public Fit seed(long seed) {
    return new Fit(epochs, batchSize, seed, shuffle, validation, progress, callbacks);
  }

  /// Keeps the samples in their order.
  public Fit inOrder() {
    return new Fit(epochs, batchSize, seed, false, validation, progress, callbacks);
  }

  /// Scores these data after each epoch.
  public Fit validation(Dataset data) {
    return new Fit(epochs, batchSize, seed, shuffle, Optional.of(data), progress, callbacks);
  }

  /// Shows no progress.
  public Fit quietly() {
    return new Fit(epochs, batchSize, seed, shuffle, validation, false, callbacks);
  }

  /// Adds somebody who hears of the progress.
  public Fit callback(Callback callback) {
    List<Callback> more = new ArrayList<>(callbacks);
    more.add(callback);
    return new Fit(epochs, batchSize, seed, shuffle, validation, progress, more);
  }
}
