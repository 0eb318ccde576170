package taut.training.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.Supplier;
import taut.core.Tensor;
import taut.training.AreaUnderCurve;
import taut.training.F1Score;
import taut.training.Metric;
import taut.training.Metrics;
import taut.training.R2Score;

/// Makes Taut's metrics from the objects in the golden files.
///
/// @param parts what to keep up to date
/// @param result the numbers that Keras's result holds
record KerasMetrics(List<Metric> parts, Supplier<double[]> result) {
  private static final Set<String> MISSING =
      Set.of("top_k", "class_id", "multi_label", "num_regressors");

  static KerasMetrics of(JsonNode json) {
    JsonNode config = json.get("config");
    MISSING.stream()
        .filter(config::hasNonNull)
        .findAny()
        .ifPresent(name -> {
          throw Golden.notCovered(json.get("class_name").asText() + "." + name);
        });
    String name = json.get("class_name").asText();
    return switch (name) {
      case "Precision" -> atThresholds(config, Metrics::precision);
      case "Recall" -> atThresholds(config, Metrics::recall);
      case "F1Score" -> f1(config);
      case "R2Score" -> r2(config);
      default -> one(simple(name, config));
    };
  }

  private static Metric simple(String name, JsonNode config) {
    return switch (name) {
      case "Accuracy" -> Metrics.accuracy();
      case "BinaryAccuracy" -> Metrics.binaryAccuracy(config.path("threshold").asDouble(0.5));
      case "CategoricalAccuracy" -> Metrics.categoricalAccuracy();
      case "SparseCategoricalAccuracy" -> Metrics.sparseCategoricalAccuracy();
      case "TopKCategoricalAccuracy", "SparseTopKCategoricalAccuracy" ->
          Metrics.topK(config.path("k").asInt(5));
      case "RootMeanSquaredError" -> Metrics.rootMeanSquaredError();
      case "AUC" -> auc(config);
      default -> Metrics.mean(name, KerasLosses.of(name, config));
    };
  }

  private static AreaUnderCurve auc(JsonNode config) {
    boolean roc = config.path("curve").asText("ROC").equals("ROC");
    AreaUnderCurve auc =
        Metrics.auc(roc ? AreaUnderCurve.Curve.ROC : AreaUnderCurve.Curve.PRECISION_RECALL);
    String summation = config.path("summation_method").asText("interpolation");
    auc = auc.summation(AreaUnderCurve.Summation.valueOf(summation.toUpperCase(Locale.ROOT)));
    return config.hasNonNull("thresholds")
        ? auc.thresholdsAt(Golden.doubles(config.get("thresholds")))
        : auc.thresholds(config.path("num_thresholds").asInt(200));
  }

  private static KerasMetrics f1(JsonNode config) {
    F1Score f1 = Metrics.f1();
    if (config.hasNonNull("threshold")) {
      f1 = f1.threshold(config.get("threshold").asDouble());
    }
    if (config.hasNonNull("average")) {
      String average = config.get("average").asText().toUpperCase(Locale.ROOT);
      return one(f1.averagedBy(F1Score.Average.valueOf(average)));
    }
    return new KerasMetrics(List.of(f1), f1::perClass);
  }

  private static KerasMetrics r2(JsonNode config) {
    R2Score r2 = Metrics.r2();
    return switch (config.has("class_aggregation")
        ? config.get("class_aggregation").asText()
        : "uniform_average") {
      case "uniform_average" -> one(r2);
      case "variance_weighted_average" -> one(r2.weightedByVariance());
      default -> new KerasMetrics(List.of(r2), r2::perOutput);
    };
  }

  private static KerasMetrics atThresholds(JsonNode config, DoubleFunction<Metric> make) {
    double[] thresholds =
        config.hasNonNull("thresholds")
            ? Golden.doubles(config.get("thresholds"))
            : new double[] {0.5};
    List<Metric> parts = Arrays.stream(thresholds).mapToObj(make).toList();
    return new KerasMetrics(parts, () -> parts.stream().mapToDouble(Metric::result).toArray());
  }

  private static KerasMetrics one(Metric metric) {
    return new KerasMetrics(List.of(metric), () -> new double[] {metric.result()});
  }

  void update(JsonNode update) {
    Tensor target = Golden.tensor(update.get("y_true"));
    Tensor prediction = Golden.tensor(update.get("y_pred"));
    for (Metric part : parts) {
      if (Golden.absent(update, "sample_weight")) {
        part.update(target, prediction);
      } else {
        part.update(target, prediction, Golden.tensor(update.get("sample_weight")));
      }
    }
  }

  void reset() {
    parts.forEach(Metric::reset);
  }
}
