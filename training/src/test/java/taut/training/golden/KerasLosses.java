package taut.training.golden;

import com.fasterxml.jackson.databind.JsonNode;
import taut.training.BinaryCrossentropy;
import taut.training.BinaryFocalCrossentropy;
import taut.training.CategoricalCrossentropy;
import taut.training.Huber;
import taut.training.Loss;
import taut.training.LossReduction;
import taut.training.Losses;
import taut.training.SparseCategoricalCrossentropy;

/// Makes Taut's losses from the objects in the golden files.
final class KerasLosses {
  private KerasLosses() {}

  static Loss of(JsonNode json) {
    JsonNode config = json.get("config");
    Loss loss = of(json.get("class_name").asText(), config);
    return switch (config.path("reduction").asText("sum_over_batch_size")) {
      case "sum" -> loss.reducedBy(LossReduction.SUM);
      case "mean_with_sample_weight" -> loss.reducedBy(LossReduction.WEIGHTED_MEAN);
      default -> loss;
    };
  }

  static Loss of(String name, JsonNode config) {
    boolean logits = config.path("from_logits").asBoolean();
    double smoothing = config.path("label_smoothing").asDouble(0);
    return switch (name) {
      case "MeanSquaredError" -> Losses.meanSquaredError();
      case "MeanAbsoluteError" -> Losses.meanAbsoluteError();
      case "MeanAbsolutePercentageError" -> Losses.meanAbsolutePercentageError();
      case "MeanSquaredLogarithmicError" -> Losses.meanSquaredLogarithmicError();
      case "LogCosh" -> Losses.logCosh();
      case "Poisson" -> Losses.poisson();
      case "Hinge" -> Losses.hinge();
      case "SquaredHinge" -> Losses.squaredHinge();
      case "CategoricalHinge" -> Losses.categoricalHinge();
      case "KLDivergence" -> Losses.klDivergence();
      case "Huber" -> Losses.huber(config.path("delta").asDouble(Huber.DEFAULT_DELTA));
      case "CosineSimilarity" -> Losses.cosineSimilarity(config.path("axis").asInt(-1));
      case "BinaryCrossentropy" -> {
        BinaryCrossentropy loss = Losses.binaryCrossentropy().labelSmoothing(smoothing);
        yield logits ? loss.fromLogits() : loss;
      }
      case "BinaryFocalCrossentropy" -> {
        BinaryFocalCrossentropy loss =
            Losses.binaryFocalCrossentropy()
                .labelSmoothing(smoothing)
                .gamma(config.path("gamma").asDouble(BinaryFocalCrossentropy.DEFAULT_GAMMA));
        loss =
            config.path("apply_class_balancing").asBoolean()
                ? loss.balanced(config.path("alpha").asDouble(0.25))
                : loss;
        yield logits ? loss.fromLogits() : loss;
      }
      case "CategoricalCrossentropy" -> {
        CategoricalCrossentropy loss = Losses.categoricalCrossentropy().labelSmoothing(smoothing);
        yield logits ? loss.fromLogits() : loss;
      }
      case "SparseCategoricalCrossentropy" -> {
        if (config.hasNonNull("ignore_class")) {
          throw Golden.notCovered("ignore_class");
        }
        SparseCategoricalCrossentropy loss = Losses.sparseCategoricalCrossentropy();
        yield logits ? loss.fromLogits() : loss;
      }
      default -> throw Golden.notCovered(name);
    };
  }
}
