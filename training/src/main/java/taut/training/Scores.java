package taut.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;

/// How well a model did on some data.
///
/// @param loss what training minimizes: data loss plus penalty
/// @param dataLoss the loss function's part
/// @param penalty the regularizers' part
/// @param metrics the metrics by name, in the order in which the model lists them
public record Scores(double loss, double dataLoss, double penalty, Map<String, Double> metrics) {
  /// Copies the map.
  public Scores {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /// Returns the value of a metric.
  ///
  /// @throws NoSuchElementException if the model does not measure it
  public double metric(String name) {
    Double value = metrics.get(name);
    if (value == null) {
      throw new NoSuchElementException(
          "no metric '" + name + "'; this model measures " + metrics.keySet());
    }
    return value;
  }

  /// Prints all values on one line; the penalty is left out where there is none.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "loss %.4f", loss));
    if (penalty != 0) {
      text.append(String.format(Locale.ROOT, " (data %.4f + penalty %.4f)", dataLoss, penalty));
    }
    metrics.forEach(
        (name, value) -> text.append(String.format(Locale.ROOT, "  %s %.4f", name, value)));
    return text.toString();
  }
}
