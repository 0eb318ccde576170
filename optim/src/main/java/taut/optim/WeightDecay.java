package taut.optim;

import java.util.function.Predicate;
import taut.autodiff.Variable;

/// Decoupled weight decay: before each update a weight loses the share `rate · decay` of itself.
///
/// Unlike an L2 penalty it never passes through the gradient, so neither clipping nor Adam's
/// scaling changes it (Loshchilov and Hutter 2019).
///
/// @param decay the strength, 0 or more; 0 is the same as none
/// @param of which variables decay
/// @param description what `of` chooses, for printing
record WeightDecay(double decay, Predicate<Variable> of, String description) {
  static final WeightDecay NONE = new WeightDecay(0, variable -> false, "nothing");

  WeightDecay {
    Settings.requireAtLeast(0, decay, "weight decay");
  }

  /// Leaves biases and the parameters of normalization alone: they are vectors, weights are not.
  static WeightDecay ofMatrices(double decay) {
    return new WeightDecay(decay, variable -> variable.shape().rank() >= 2, "rank 2 and more");
  }

  /// Returns the share that a variable loses before a step at the given rate.
  double lost(Variable variable, double rate) {
    return decay > 0 && of.test(variable) ? rate * decay : 0;
  }

  @Override
  public String toString() {
    return decay + " of " + description;
  }
}
