package taut.core.kernels;

import taut.core.Storage;

/// The loops behind the losses of probabilities, and of yes-or-no logits.
///
/// A probability is limited to the range of [taut.core.ops.Probabilities] before its logarithm is
/// taken, and no gradient passes outside. Rows of classes are first divided by their sum: q = p /
/// Σp. A term whose target is 0 does not count, whatever its probability.
public interface LikelihoodKernels {
  /// Returns the kernels in use: SIMD wherever [Kernels#active] is.
  static LikelihoodKernels active() {
    return Kernels.active() instanceof VectorKernels
        ? VectorLikelihoodKernels.INSTANCE
        : ReferenceLikelihoodKernels.INSTANCE;
  }

  /// Writes -t·log σ(x) - (1 - t)·log(1 - σ(x)) = max(x, 0) - x·t + log(1 + e^-|x|).
  void sigmoid(Storage x, Storage t, Storage out);

  /// Writes c·(σ(x) - t).
  void sigmoidGradient(Storage x, Storage t, Storage c, Storage out);

  /// Writes -t·log p - (1 - t)·log(1 - p).
  void bernoulli(Storage p, Storage t, Storage out);

  /// Writes c·(p - t) / (p·(1 - p)).
  void bernoulliGradient(Storage p, Storage t, Storage c, Storage out);

  /// Writes -Σ t·log q of each row.
  ///
  /// @param out one number a row
  void normalized(Storage p, Storage t, Storage out);

  /// Writes c·(Σ m·t / Σp - m·t / p), with m = 1 where q is in the range, else 0.
  ///
  /// @param c one number a row
  void normalizedGradient(Storage p, Storage t, Storage c, Storage out);

  /// Writes -log q at the label of each row.
  void sparse(Storage p, Storage labels, Storage out);

  /// Writes c·(1 / Σp - onehot / p), 0 where q at the label is outside the range.
  ///
  /// @param c one number a row
  void sparseGradient(Storage p, Storage labels, Storage c, Storage out);
}
