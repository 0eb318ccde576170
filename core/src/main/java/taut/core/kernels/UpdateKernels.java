package taut.core.kernels;

import taut.core.Storage;

/// The loops behind optimizer steps: weights and state change in place, in one pass over memory.
///
/// The formulas are those of Keras 3. In all of them g is the gradient as [StepTerms#gradient]
/// reads it, and `lost` is the share of a weight that decoupled weight decay takes. All storages of
/// a call have one element type and one length; NaN in a gradient makes the weight NaN.
public interface UpdateKernels {
  /// Returns the kernels in use: SIMD for FLOAT32 wherever [Kernels#active] is.
  static UpdateKernels active() {
    return Kernels.active() instanceof VectorKernels
        ? VectorUpdateKernels.INSTANCE
        : ReferenceUpdateKernels.INSTANCE;
  }

  /// Steps against the gradient: `w = w - lost·w - rate·g`.
  void descend(Storage w, Storage g, double rate, StepTerms terms);

  /// Steps with momentum: `v = momentum·v - rate·g`, then `w = w - lost·w + v`, or with Nesterov's
  /// look-ahead `w = w - lost·w + momentum·v - rate·g`.
  void momentum(
      Storage w,
      Storage g,
      Storage v,
      double rate,
      double momentum,
      boolean nesterov,
      StepTerms terms);

  /// Steps as Adam does: `m = m + (g - m)·take1`, `v = v + (g² - v)·take2`, `w = w - lost·w -
  /// alpha·m / (√v + epsilon)`.
  ///
  /// @param alpha the rate with the bias correction of both moments
  /// @param take1 `1 - beta1`
  /// @param take2 `1 - beta2`
  void adam(
      Storage w,
      Storage g,
      Storage m,
      Storage v,
      double alpha,
      double take1,
      double take2,
      double epsilon,
      StepTerms terms);

  /// Steps as [#adam] does, but divides by the largest v so far.
  ///
  /// @param largest the largest second moments so far, changed too
  void amsgrad(
      Storage w,
      Storage g,
      Storage m,
      Storage v,
      Storage largest,
      double alpha,
      double take1,
      double take2,
      double epsilon,
      StepTerms terms);

  /// Moves an average towards the weights: `average = average + (w - average)·take`.
  void average(Storage average, Storage w, double take);
}
