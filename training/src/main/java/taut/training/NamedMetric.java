package taut.training;

import taut.core.Tensor;

/// A metric under another name.
///
/// @param name the name
/// @param metric what keeps the score
record NamedMetric(String name, Metric metric) implements Metric {
  @Override
  public void update(Tensor target, Tensor prediction, Tensor weights) {
    metric.update(target, prediction, weights);
  }

  @Override
  public void update(Tensor target, Tensor prediction) {
    metric.update(target, prediction);
  }

  @Override
  public double result() {
    return metric.result();
  }

  @Override
  public void reset() {
    metric.reset();
  }
}
