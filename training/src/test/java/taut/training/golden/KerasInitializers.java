package taut.training.golden;

import com.fasterxml.jackson.databind.JsonNode;
import taut.layers.Constant;
import taut.layers.IdentityInitializer;
import taut.layers.Initializer;
import taut.layers.Initializers;
import taut.layers.OrthogonalInitializer;
import taut.layers.RandomNormal;
import taut.layers.RandomUniform;
import taut.layers.TruncatedNormal;
import taut.layers.VarianceScaling;
import taut.layers.VarianceScaling.Distribution;
import taut.layers.VarianceScaling.Fan;

/// Makes Taut's initializers from Keras's class names and configurations.
final class KerasInitializers {
  private KerasInitializers() {}

  /// Returns an initializer.
  static Initializer of(JsonNode json) {
    JsonNode config = json.get("config");
    String name = json.get("class_name").asText();
    return switch (name) {
      case "Zeros" -> Initializers.ZEROS;
      case "Ones" -> Initializers.ONES;
      case "GlorotUniform" -> Initializers.GLOROT_UNIFORM;
      case "GlorotNormal" -> Initializers.GLOROT_NORMAL;
      case "HeUniform" -> Initializers.HE_UNIFORM;
      case "HeNormal" -> Initializers.HE_NORMAL;
      case "LecunUniform" -> Initializers.LECUN_UNIFORM;
      case "LecunNormal" -> Initializers.LECUN_NORMAL;
      case "Constant" -> new Constant(config.path("value").asDouble(0));
      case "RandomUniform" ->
          new RandomUniform(
              config.path("minval").asDouble(-0.05), config.path("maxval").asDouble(0.05));
      case "RandomNormal" ->
          new RandomNormal(config.path("mean").asDouble(0), config.path("stddev").asDouble(0.05));
      case "TruncatedNormal" ->
          new TruncatedNormal(
              config.path("mean").asDouble(0), config.path("stddev").asDouble(0.05));
      case "VarianceScaling" ->
          new VarianceScaling(
              config.path("scale").asDouble(1),
              fan(config.path("mode").asText("fan_in")),
              distribution(config.path("distribution").asText("truncated_normal")));
      case "Orthogonal" -> new OrthogonalInitializer(config.path("gain").asDouble(1));
      case "Identity" -> new IdentityInitializer(config.path("gain").asDouble(1));
      default -> throw Golden.notCovered("initializer " + name);
    };
  }

  private static Fan fan(String mode) {
    return switch (mode) {
      case "fan_in" -> Fan.IN;
      case "fan_out" -> Fan.OUT;
      case "fan_avg" -> Fan.AVERAGE;
      default -> throw Golden.notCovered("mode " + mode);
    };
  }

  private static Distribution distribution(String name) {
    return switch (name) {
      case "uniform" -> Distribution.UNIFORM;
      case "truncated_normal" -> Distribution.TRUNCATED_NORMAL;
      case "untruncated_normal" -> Distribution.NORMAL;
      default -> throw Golden.notCovered("distribution " + name);
    };
  }
}
