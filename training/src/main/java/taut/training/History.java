package taut.training;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.ToDoubleFunction;

/// The record of a training run, epoch by epoch.
///
/// @param epochs what each epoch brought
public record History(List<Epoch> epochs) {
  /// Copies the list.
  public History {
    epochs = List.copyOf(epochs);
  }

  /// Returns the training loss, penalties included, of each epoch.
  public double[] loss() {
    return train(Scores::loss);
  }

  /// Returns one training score of each epoch, such as `Scores::dataLoss` or `s ->
  /// s.metric("accuracy")`.
  public double[] train(ToDoubleFunction<Scores> score) {
    return epochs.stream().mapToDouble(e -> score.applyAsDouble(e.train())).toArray();
  }

  /// Returns the validation loss, penalties included, of each epoch.
  public double[] validationLoss() {
    return validation(Scores::loss);
  }

  /// Returns one validation score of each epoch.
  ///
  /// @throws NoSuchElementException if the run had no validation data
  public double[] validation(ToDoubleFunction<Scores> score) {
    return epochs.stream()
        .mapToDouble(e ->
            score.applyAsDouble(
                e.validation()
                    .orElseThrow(() -> new NoSuchElementException("history: no validation data"))))
        .toArray();
  }

  /// Tells whether the run had validation data.
  public boolean hasValidation() {
    return !epochs.isEmpty() && epochs.getFirst().validation().isPresent();
  }

  /// Returns the last epoch.
  ///
  /// @throws NoSuchElementException if there was none
  public Epoch last() {
    return epochs.getLast();
  }
}
