package taut.training.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import taut.autodiff.Variable;
import taut.optim.Adam;
import taut.optim.AdamW;
import taut.optim.Optimizer;
import taut.optim.Schedule;
import taut.optim.Sgd;

/// Makes Taut's optimizers from the objects in the golden files.
final class KerasOptimizers {
  /// The arguments that are read here; any other is not covered.
  private static final Set<String> KNOWN =
      Set.of(
          "name",
          "learning_rate",
          "momentum",
          "nesterov",
          "beta_1",
          "beta_2",
          "epsilon",
          "amsgrad",
          "clipnorm",
          "clipvalue",
          "global_clipnorm",
          "weight_decay",
          "use_ema",
          "ema_momentum",
          "ema_overwrite_frequency");

  private KerasOptimizers() {}

  /// Makes an optimizer.
  ///
  /// @param excluded parts of the names of variables that do not decay
  /// @param schedule the rates to use where the object has a schedule
  static Optimizer of(JsonNode json, Set<String> excluded, Schedule schedule) {
    JsonNode config = json.get("config");
    Optimizer optimizer = of(json.get("class_name").asText(), config, schedule);
    config
        .fieldNames()
        .forEachRemaining(name -> {
          if (!KNOWN.contains(name) && !config.get(name).isNull()) {
            throw Golden.notCovered(name);
          }
        });
    return shared(optimizer, config, excluded);
  }

  private static Optimizer of(String name, JsonNode config, Schedule schedule) {
    return switch (name) {
      case "SGD" -> {
        Sgd sgd = new Sgd(rate(config, Sgd.DEFAULT_RATE, schedule));
        sgd.momentum(config.path("momentum").asDouble(0));
        yield config.path("nesterov").asBoolean() ? sgd.nesterov() : sgd;
      }
      case "Adam" -> adam(new Adam(rate(config, Adam.DEFAULT_RATE, schedule)), config);
      case "AdamW" -> adam(new AdamW(rate(config, Adam.DEFAULT_RATE, schedule)), config);
      default -> throw Golden.notCovered(name);
    };
  }

  private static Adam adam(Adam adam, JsonNode config) {
    adam.beta1(config.path("beta_1").asDouble(Adam.DEFAULT_BETA1))
        .beta2(config.path("beta_2").asDouble(Adam.DEFAULT_BETA2))
        .epsilon(config.path("epsilon").asDouble(Adam.DEFAULT_EPSILON));
    return config.path("amsgrad").asBoolean() ? adam.amsgrad() : adam;
  }

  private static Schedule rate(JsonNode config, double otherwise, Schedule schedule) {
    JsonNode rate = config.path("learning_rate");
    return rate.isObject() ? schedule : Schedule.constant(rate.asDouble(otherwise));
  }

  private static Optimizer shared(Optimizer optimizer, JsonNode config, Set<String> excluded) {
    if (config.hasNonNull("clipnorm")) {
      optimizer.clipNorm(config.get("clipnorm").asDouble());
    }
    if (config.hasNonNull("clipvalue")) {
      optimizer.clipValue(config.get("clipvalue").asDouble());
    }
    if (config.hasNonNull("global_clipnorm")) {
      optimizer.globalClipNorm(config.get("global_clipnorm").asDouble());
    }
    Predicate<Variable> decays = variable -> excluded.stream().noneMatch(variable.name()::contains);
    if (config.hasNonNull("weight_decay") || optimizer instanceof AdamW) {
      optimizer.weightDecay(
          config.path("weight_decay").asDouble(AdamW.DEFAULT_WEIGHT_DECAY), decays);
    }
    if (config.path("use_ema").asBoolean()) {
      double momentum = config.path("ema_momentum").asDouble(0.99);
      if (config.hasNonNull("ema_overwrite_frequency")) {
        optimizer.movingAverage(momentum, config.get("ema_overwrite_frequency").asInt());
      } else {
        optimizer.movingAverage(momentum);
      }
    }
    return optimizer;
  }

  /// Returns the strings of a list that may be missing.
  static Set<String> strings(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(JsonNode::asText)
        .collect(java.util.stream.Collectors.toUnmodifiableSet());
  }
}
