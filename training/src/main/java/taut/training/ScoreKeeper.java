package taut.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import taut.core.Tensor;

/// Averages losses over batches, weighted by their sizes, and keeps the metrics up to date.
final class ScoreKeeper {
  private final List<Metric> metrics;
  private double samples;
  private double dataLoss;
  private double penalty;

  ScoreKeeper(List<Metric> metrics) {
    this.metrics = metrics;
    metrics.forEach(Metric::reset);
  }

  void add(Batch batch, Tensor prediction, double dataLoss, double penalty) {
    samples += batch.size();
    this.dataLoss += dataLoss * batch.size();
    this.penalty += penalty * batch.size();
    metrics.forEach(metric -> metric.update(batch.y(), prediction));
  }

  Scores scores() {
    Map<String, Double> values = new LinkedHashMap<>();
    metrics.forEach(metric -> values.put(metric.name(), metric.result()));
    double data = dataLoss / samples;
    double extra = penalty / samples;
    return new Scores(data + extra, data, extra, values);
  }
}
