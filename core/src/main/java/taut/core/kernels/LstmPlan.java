package taut.core.kernels;

/// The sizes of a run of a long short-term memory.
///
/// Pre-activations and gates are [steps, batch, 4, units], with the gates in the order i, f, g, o
/// (Keras's i, f, c, o); cells and outputs are [steps, batch, units].
///
/// @param steps the number of time steps
/// @param batch the number of samples
/// @param units the number of units
public record LstmPlan(int steps, int batch, int units) {
  /// Returns the number of gates of one sample at one step.
  int gates() {
    return 4 * units;
  }

  /// Returns the floating-point operations of the product with the recurrent kernel over all steps.
  double productFlops() {
    return 2.0 * steps * batch * units * gates();
  }
}
