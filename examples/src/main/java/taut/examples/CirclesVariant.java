package taut.examples;

import static taut.layers.Activations.RELU;
import static taut.layers.Activations.SIGMOID;

import java.util.Map;
import taut.layers.ActivationLayer;
import taut.layers.Dense;
import taut.layers.Sequential;
import taut.regularizers.L1;

/// The networks of the circles study, which differ in the penalty of their hidden layer's output.
enum CirclesVariant {
  NONE(
      "no penalty",
      0,
      false,
      new Keras(
          "1.000",
          "0.771 ± 0.009",
          "0.0018",
          Map.of(
              1, 0.6932, 10, 0.6688, 100, 0.5575, 500, 0.1728, 1000, 0.0769, 2000, 0.0156, 4000,
              0.0018))),
  WEAK_BEFORE(
      "L1(1e-4) before ReLU",
      1e-4,
      true,
      new Keras(
          "1.000",
          "0.751 ± 0.011",
          "0.0039",
          Map.of(
              1, 0.6956, 10, 0.6712, 100, 0.5626, 500, 0.1919, 1000, 0.0991, 2000, 0.0400, 4000,
              0.0245))),
  WEAK_AFTER(
      "L1(1e-4) after ReLU", 1e-4, false, new Keras("1.000", "0.763 ± 0.011", "0.0024", Map.of())),
  STRONG_BEFORE(
      "L1(3e-3) before ReLU", 3e-3, true, new Keras("0.967", "0.817 ± 0.006", "0.1071", Map.of())),
  STRONG_AFTER(
      "L1(3e-3) after ReLU", 3e-3, false, new Keras("1.000", "0.734 ± 0.007", "0.0126", Map.of()));

  private static final int HIDDEN_UNITS = 500;

  private final String title;
  private final double lambda;
  private final boolean beforeActivation;
  private final Keras keras;

  /// What Keras 3.15 reaches on the published points, over five seeds and 4000 epochs.
  ///
  /// @param train the accuracy on the training points
  /// @param test the accuracy on the test points
  /// @param crossEntropy the mean binary cross-entropy of the last epoch
  /// @param losses the mean training loss, penalty included, by epoch
  record Keras(String train, String test, String crossEntropy, Map<Integer, Double> losses) {}

  CirclesVariant(String title, double lambda, boolean beforeActivation, Keras keras) {
    this.title = title;
    this.lambda = lambda;
    this.beforeActivation = beforeActivation;
    this.keras = keras;
  }

  String title() {
    return title;
  }

  Keras keras() {
    return keras;
  }

  /// Returns a new network: 500 hidden units, one output.
  Sequential network() {
    Dense output = new Dense(1).activation(SIGMOID);
    Dense hidden = new Dense(HIDDEN_UNITS).activityRegularizer(new L1(lambda));
    return beforeActivation
        ? Sequential.of(hidden, new ActivationLayer(RELU), output)
        : Sequential.of(hidden.activation(RELU), output);
  }
}
