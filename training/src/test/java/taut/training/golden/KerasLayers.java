package taut.training.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import taut.core.ops.Padding;
import taut.layers.Activation;
import taut.layers.ActivationLayer;
import taut.layers.Activations;
import taut.layers.ActivityRegularization;
import taut.layers.AveragePool1D;
import taut.layers.AveragePool2D;
import taut.layers.BatchNormalization;
import taut.layers.Constraint;
import taut.layers.Conv1D;
import taut.layers.Conv2D;
import taut.layers.Conv3D;
import taut.layers.Convolving;
import taut.layers.Dense;
import taut.layers.Dropout;
import taut.layers.Flatten;
import taut.layers.GRU;
import taut.layers.Initializer;
import taut.layers.Initializers;
import taut.layers.LSTM;
import taut.layers.Layer;
import taut.layers.LayerNormalization;
import taut.layers.MaxNorm;
import taut.layers.MaxPool1D;
import taut.layers.MaxPool2D;
import taut.layers.MinMaxNorm;
import taut.layers.NonNeg;
import taut.layers.Normalizing;
import taut.layers.Pooling;
import taut.layers.RMSNormalization;
import taut.layers.Recurring;
import taut.layers.Relu;
import taut.layers.SimpleRNN;
import taut.layers.SoftmaxAlong;
import taut.layers.UnitNorm;
import taut.regularizers.L1;
import taut.regularizers.L1L2;
import taut.regularizers.L2;
import taut.regularizers.Orthogonal;
import taut.regularizers.Regularizer;

/// Makes Taut's layers, and what they are made of, from Keras's class names and configurations.
///
/// A class or an argument that Taut does not have is [Golden#notCovered]; so is an argument that
/// nobody here reads.
final class KerasLayers {
  private KerasLayers() {}

  /// Makes a layer that is not built.
  static Layer layer(JsonNode json) {
    JsonNode config = json.get("config");
    String name = json.get("class_name").asText();
    Layer layer =
        switch (name) {
          case "Dense" -> dense(config);
          case "Conv1D" ->
              convolving(config, new Conv1D(filters(config), sizes(config, "kernel_size")));
          case "Conv2D" ->
              convolving(config, new Conv2D(filters(config), sizes(config, "kernel_size")));
          case "Conv3D" ->
              convolving(config, new Conv3D(filters(config), sizes(config, "kernel_size")));
          case "MaxPooling1D" -> pooling(config, new MaxPool1D(sizes(config, "pool_size")));
          case "MaxPooling2D" -> pooling(config, new MaxPool2D(sizes(config, "pool_size")));
          case "AveragePooling1D" -> pooling(config, new AveragePool1D(sizes(config, "pool_size")));
          case "AveragePooling2D" -> pooling(config, new AveragePool2D(sizes(config, "pool_size")));
          case "SimpleRNN" -> recurring(config, new SimpleRNN(units(config)));
          case "GRU" -> gru(config);
          case "LSTM" -> lstm(config);
          case "BatchNormalization" ->
              normalizing(
                  config,
                  new BatchNormalization()
                      .axis(config.path("axis").asInt(-1))
                      .momentum(number(config, "momentum", BatchNormalization.DEFAULT_MOMENTUM)));
          case "LayerNormalization" ->
              normalizing(
                  config,
                  new LayerNormalization()
                      .axis(config.has("axis") ? axes(config.get("axis")) : new int[] {-1}));
          case "RMSNormalization" ->
              known(
                  config,
                  new RMSNormalization()
                      .epsilon(number(config, "epsilon", RMSNormalization.DEFAULT_EPSILON)),
                  "epsilon");
          case "Flatten" -> known(config, new Flatten());
          case "Dropout" -> known(config, new Dropout(config.get("rate").doubleValue()), "rate");
          case "ActivityRegularization" ->
              known(
                  config,
                  new ActivityRegularization(number(config, "l1", 0), number(config, "l2", 0)),
                  "l1",
                  "l2");
          case "Activation" ->
              known(
                  config,
                  new ActivationLayer(activation(config.get("activation").asText())),
                  "activation");
          case "ReLU" -> new ActivationLayer(activation("relu", config));
          case "LeakyReLU" -> new ActivationLayer(leakyRelu(config, 0.3));
          case "ELU" -> new ActivationLayer(activation("elu", config));
          case "Softmax" -> new ActivationLayer(activation("softmax", config));
          default -> throw Golden.notCovered("layer " + name);
        };
    if (config.has("activity_regularizer")) {
      layer.activityRegularizer(regularizer(config.get("activity_regularizer")));
    }
    layer.setTrainable(config.path("trainable").asBoolean(true));
    return layer;
  }

  private static Dense dense(JsonNode config) {
    return known(
        config,
        new Dense(units(config))
            .activation(activation(config.path("activation").asText("linear")))
            .useBias(config.path("use_bias").asBoolean(true))
            .kernelInitializer(initializer(config, "kernel", Initializers.GLOROT_UNIFORM))
            .biasInitializer(initializer(config, "bias", Initializers.ZEROS))
            .kernelRegularizer(regularizer(config.path("kernel_regularizer")))
            .biasRegularizer(regularizer(config.path("bias_regularizer")))
            .kernelConstraint(constraint(config.path("kernel_constraint")))
            .biasConstraint(constraint(config.path("bias_constraint"))),
        "units",
        "activation",
        "use_bias",
        "kernel_initializer",
        "bias_initializer",
        "kernel_regularizer",
        "bias_regularizer",
        "kernel_constraint",
        "bias_constraint");
  }

  private static <L extends Convolving<L>> L convolving(JsonNode config, L layer) {
    layer
        .strides(sizes(config, "strides"))
        .dilationRate(sizes(config, "dilation_rate"))
        .padding(padding(config))
        .groups(config.path("groups").asInt(1))
        .activation(activation(config.path("activation").asText("linear")))
        .useBias(config.path("use_bias").asBoolean(true))
        .kernelRegularizer(regularizer(config.path("kernel_regularizer")))
        .biasRegularizer(regularizer(config.path("bias_regularizer")))
        .kernelConstraint(constraint(config.path("kernel_constraint")))
        .biasConstraint(constraint(config.path("bias_constraint")));
    return known(
        config,
        layer,
        "filters",
        "kernel_size",
        "strides",
        "dilation_rate",
        "padding",
        "groups",
        "activation",
        "use_bias",
        "kernel_regularizer",
        "bias_regularizer",
        "kernel_constraint",
        "bias_constraint");
  }

  private static <L extends Pooling<L>> L pooling(JsonNode config, L layer) {
    if (config.has("strides")) {
      layer.strides(sizes(config, "strides"));
    }
    return known(config, layer.padding(padding(config)), "pool_size", "strides", "padding");
  }

  private static GRU gru(JsonNode config) {
    return recurring(
        config,
        new GRU(units(config))
            .recurrentActivation(recurrentActivation(config))
            .resetAfter(config.path("reset_after").asBoolean(true)),
        "recurrent_activation",
        "reset_after");
  }

  private static LSTM lstm(JsonNode config) {
    return recurring(
        config,
        new LSTM(units(config)).recurrentActivation(recurrentActivation(config)),
        "recurrent_activation");
  }

  private static <L extends Recurring<L>> L recurring(
      JsonNode config, L layer, String... ownArguments) {
    layer
        .activation(activation(config.path("activation").asText("tanh")))
        .useBias(config.path("use_bias").asBoolean(true))
        .returnSequences(config.path("return_sequences").asBoolean(false))
        .goBackwards(config.path("go_backwards").asBoolean(false))
        .kernelRegularizer(regularizer(config.path("kernel_regularizer")))
        .recurrentRegularizer(regularizer(config.path("recurrent_regularizer")))
        .biasRegularizer(regularizer(config.path("bias_regularizer")));
    Stream<String> arguments =
        Stream.of(
            "units",
            "activation",
            "use_bias",
            "return_sequences",
            "go_backwards",
            "kernel_regularizer",
            "recurrent_regularizer",
            "bias_regularizer");
    return known(
        config, layer, Stream.concat(arguments, Stream.of(ownArguments)).toArray(String[]::new));
  }

  private static int units(JsonNode config) {
    return config.get("units").intValue();
  }

  private static Activation recurrentActivation(JsonNode config) {
    return activation(config.path("recurrent_activation").asText("sigmoid"));
  }

  private static int filters(JsonNode config) {
    return config.get("filters").intValue();
  }

  /// Returns one number for each spatial axis, or one for all; 1 where there is none.
  private static int[] sizes(JsonNode config, String name) {
    JsonNode json = config.path(name);
    return json.isArray() ? Golden.ints(json) : new int[] {json.asInt(1)};
  }

  private static Padding padding(JsonNode config) {
    return Padding.valueOf(config.path("padding").asText("valid").toUpperCase(Locale.ROOT));
  }

  private static <L extends Normalizing<L>> L normalizing(JsonNode config, L layer) {
    layer
        .epsilon(number(config, "epsilon", Normalizing.DEFAULT_EPSILON))
        .center(config.path("center").asBoolean(true))
        .scale(config.path("scale").asBoolean(true))
        .gammaInitializer(initializer(config, "gamma", Initializers.ONES))
        .betaInitializer(initializer(config, "beta", Initializers.ZEROS))
        .gammaRegularizer(regularizer(config.path("gamma_regularizer")))
        .betaRegularizer(regularizer(config.path("beta_regularizer")))
        .gammaConstraint(constraint(config.path("gamma_constraint")))
        .betaConstraint(constraint(config.path("beta_constraint")));
    return known(
        config,
        layer,
        "axis",
        "momentum",
        "epsilon",
        "center",
        "scale",
        "gamma_initializer",
        "beta_initializer",
        "gamma_regularizer",
        "beta_regularizer",
        "gamma_constraint",
        "beta_constraint");
  }

  private static Initializer initializer(JsonNode config, String role, Initializer usual) {
    JsonNode json = config.path(role + "_initializer");
    return json.isObject() ? KerasInitializers.of(json) : usual;
  }

  /// Returns what was made if the arguments that are there are among the named ones or those that
  /// every layer has.
  private static <T> T known(JsonNode config, T made, String... arguments) {
    Set<String> all = Set.of(arguments);
    for (Iterator<String> names = config.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!all.contains(name) && !Set.of("activity_regularizer", "trainable").contains(name)) {
        throw Golden.notCovered(made.getClass().getSimpleName() + "." + name);
      }
    }
    return made;
  }

  /// Returns the activation of a name.
  static Activation activation(String name) {
    try {
      return Activations.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw Golden.notCovered("activation " + name);
    }
  }

  /// Returns the activation of a name, with settings.
  static Activation activation(String name, JsonNode settings) {
    return switch (name) {
      case "relu" -> relu(settings);
      case "leaky_relu" -> leakyRelu(settings, 0.2);
      case "elu" -> elu(settings);
      case "gelu" -> gelu(settings);
      case "softmax" -> softmax(settings);
      default -> known(settings, activation(name));
    };
  }

  private static Activation elu(JsonNode settings) {
    double alpha = number(settings, "alpha", 1);
    return known(settings, x -> x.elu(alpha), "alpha");
  }

  private static Activation gelu(JsonNode settings) {
    boolean approximate = settings.path("approximate").asBoolean(false);
    return known(settings, approximate ? Activations.GELU_TANH : Activations.GELU, "approximate");
  }

  private static Activation softmax(JsonNode settings) {
    int axis = settings.path("axis").asInt(-1);
    return known(settings, axis == -1 ? Activations.SOFTMAX : new SoftmaxAlong(axis), "axis");
  }

  private static Activation relu(JsonNode settings) {
    if (settings.isEmpty()) {
      return Activations.RELU;
    }
    return known(
        settings,
        new Relu(
            number(settings, "negative_slope", 0),
            number(settings, "max_value", Double.POSITIVE_INFINITY),
            number(settings, "threshold", 0)),
        "negative_slope",
        "max_value",
        "threshold");
  }

  /// Returns the leaky rectifier; Keras's function and its layer differ in the slope they have
  /// unless told otherwise.
  private static Activation leakyRelu(JsonNode settings, double usual) {
    double slope = number(settings, "negative_slope", usual);
    return known(settings, x -> x.leakyRelu(slope), "negative_slope");
  }

  /// Returns a regularizer; none where there is nothing.
  static Regularizer regularizer(JsonNode json) {
    if (!json.isObject()) {
      return Regularizer.none();
    }
    JsonNode config = json.get("config");
    String name = json.get("class_name").asText();
    return switch (name) {
      case "L1" -> new L1(number(config, "l1", L1.DEFAULT_LAMBDA));
      case "L2" -> new L2(number(config, "l2", L2.DEFAULT_LAMBDA));
      case "L1L2" -> new L1L2(number(config, "l1", 0), number(config, "l2", 0));
      case "OrthogonalRegularizer" ->
          new Orthogonal(
              number(config, "factor", Orthogonal.DEFAULT_FACTOR),
              Orthogonal.Mode.valueOf(config.path("mode").asText("rows").toUpperCase(Locale.ROOT)));
      case "custom:RowL2" -> {
        double rate = config.get("rate").doubleValue();
        yield w -> w.sumOfSquares(-1).sqrt().sum().mul(rate);
      }
      default -> throw Golden.notCovered("regularizer " + name);
    };
  }

  /// Returns a constraint; none where there is nothing.
  static Constraint constraint(JsonNode json) {
    if (!json.isObject()) {
      return Constraint.none();
    }
    JsonNode config = json.get("config");
    String name = json.get("class_name").asText();
    int[] axes = axes(config.path("axis"));
    return switch (name) {
      case "NonNeg" -> new NonNeg();
      case "MaxNorm" -> new MaxNorm(number(config, "max_value", 2), axes);
      case "UnitNorm" -> new UnitNorm(axes);
      case "MinMaxNorm" ->
          new MinMaxNorm(
              number(config, "min_value", 0),
              number(config, "max_value", 1),
              number(config, "rate", 1),
              axes);
      default -> throw Golden.notCovered("constraint " + name);
    };
  }

  private static int[] axes(JsonNode json) {
    return json.isNumber() ? new int[] {json.intValue()} : Golden.ints(json);
  }

  private static double number(JsonNode config, String name, double missing) {
    return Golden.absent(config, name) ? missing : config.get(name).doubleValue();
  }
}
