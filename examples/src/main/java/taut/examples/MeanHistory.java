package taut.examples;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import taut.training.Epoch;
import taut.training.History;
import taut.training.Scores;

/// Averages training runs, epoch by epoch, so that a picture shows what they have in common.
final class MeanHistory {
  private MeanHistory() {}

  /// Returns the mean of histories of the same length with the same metrics, of which there is at
  /// least one.
  static History of(List<History> histories) {
    return new History(
        IntStream.range(0, histories.getFirst().epochs().size())
            .mapToObj(i -> epoch(histories.stream().map(h -> h.epochs().get(i)).toList()))
            .toList());
  }

  private static Epoch epoch(List<Epoch> same) {
    List<Scores> validation = same.stream().flatMap(e -> e.validation().stream()).toList();
    return new Epoch(
        same.getFirst().number(),
        scores(same.stream().map(Epoch::train).toList()),
        validation.isEmpty() ? Optional.empty() : Optional.of(scores(validation)),
        Spread.of(same, Epoch::seconds).mean(),
        same.stream().mapToLong(Epoch::peakBytes).max().orElseThrow());
  }

  private static Scores scores(List<Scores> same) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (String name : same.getFirst().metrics().keySet()) {
      metrics.put(name, Spread.of(same, scores -> scores.metric(name)).mean());
    }
    return new Scores(
        Spread.of(same, Scores::loss).mean(),
        Spread.of(same, Scores::dataLoss).mean(),
        Spread.of(same, Scores::penalty).mean(),
        metrics);
  }
}
