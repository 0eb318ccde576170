package taut.core.kernels;

import taut.core.Storage;

/// The loops behind batch normalization of a matrix whose columns are features.
///
/// With one mean m, variance v, scale γ and shift β for each of the `columns` features, and r = 1 /
/// √(v + ε), the result is y = γ·r·(x - m) + β.
public interface NormalizationKernels {
  /// Returns the kernels in use: SIMD wherever [Kernels#active] is.
  static NormalizationKernels active() {
    return Kernels.active() instanceof VectorKernels
        ? VectorNormalizationKernels.INSTANCE
        : ReferenceNormalizationKernels.INSTANCE;
  }

  /// Writes the mean and the biased variance of each column, and the normalized matrix.
  ///
  /// @param moments all means, then all variances; NaN for no rows
  void normalize(
      double epsilon, Storage x, Storage scale, Storage shift, Storage moments, Storage out);

  /// Writes the gradients of x, scale and shift, given the gradient c of the result:
  ///
  /// ```text
  /// dβ = Σc    dγ = r·Σ c·(x - m)    dx = γ·r·(c - dβ/n - r·(x - m)·dγ/n)
  /// ```
  void gradients(
      double epsilon,
      Storage x,
      Storage scale,
      Storage moments,
      Storage c,
      Storage dx,
      Storage dscale,
      Storage dshift);
}
