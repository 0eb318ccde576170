package taut.core.kernels;

import taut.core.Storage;

/// The loops of recurrent cells over all their steps; the sequence's contribution to the gates,
/// which is one product over all steps, is done before.
public interface RecurrentKernels {
  /// Returns the kernels in use: SIMD wherever [Kernels#active] is.
  static RecurrentKernels active() {
    return Kernels.active() instanceof VectorKernels
        ? VectorRecurrentKernels.INSTANCE
        : ReferenceRecurrentKernels.INSTANCE;
  }

  /// Runs a long short-term memory over all steps, from zeros; the bias is added to each row of the
  /// pre-activations z. Gates, in the order i, f, g, o (Keras's i, f, c, o), and cells are what
  /// [#lstmGradient] needs.
  void lstm(
      RecurrentPlan plan,
      Storage z,
      Storage kernel,
      Storage bias,
      Storage gates,
      Storage cells,
      Storage out);

  /// Computes the gradient of a long short-term memory's pre-activations from that of its outputs.
  void lstmGradient(
      RecurrentPlan plan, Storage kernel, Storage gates, Storage cells, Storage c, Storage out);

  /// Runs a simple recurrent network over all steps, from zeros; the bias is added to each row of
  /// the pre-activations z.
  void simpleRnn(RecurrentPlan plan, Storage z, Storage kernel, Storage bias, Storage out);

  /// Computes the gradient of a simple recurrent network's pre-activations from the gradient c of
  /// its outputs.
  void simpleRnnGradient(
      RecurrentPlan plan, Storage kernel, Storage outputs, Storage c, Storage out);

  /// Runs gated recurrent units over all steps, from zeros. Gates are in the order z, r, g (Keras's
  /// z, r, h); the bias has a row for what the sequence contributes, x, and one for p, the product
  /// with the state. Gates and the part of p that belongs to g, `inner`, are what [#gruGradient]
  /// needs.
  void gru(
      RecurrentPlan plan,
      Storage x,
      Storage kernel,
      Storage bias,
      Storage gates,
      Storage inner,
      Storage out);

  /// Computes the gradients of x and p from the gradient c of the outputs.
  void gruGradient(
      RecurrentPlan plan,
      Storage kernel,
      Storage gates,
      Storage inner,
      Storage outputs,
      Storage c,
      Storage x,
      Storage p);
}
