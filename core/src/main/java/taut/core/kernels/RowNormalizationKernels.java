package taut.core.kernels;

import taut.core.Storage;

/// The loops behind normalizations of the rows of a matrix, with one scale γ and one shift β for
/// each column.
///
/// A row has mean m (taken as 0 unless it is to be centred), mean square v of x - m, and r = 1 /
/// √(v
/// + ε). With x̂ = r·(x - m) the result is y = γ·x̂ + β.
public interface RowNormalizationKernels {
  /// Returns the kernels in use: SIMD wherever [Kernels#active] is.
  static RowNormalizationKernels active() {
    return Kernels.active() instanceof VectorKernels
        ? VectorRowNormalizationKernels.INSTANCE
        : ReferenceRowNormalizationKernels.INSTANCE;
  }

  /// Writes m and r of each row, and the normalized matrix.
  ///
  /// @param centred whether the mean is subtracted
  /// @param moments the m of all rows, then the r of all rows
  void normalize(
      boolean centred,
      double epsilon,
      Storage x,
      Storage scale,
      Storage shift,
      Storage moments,
      Storage out);

  /// Writes the gradients of x, scale and shift, given the gradient c of the result. With g = γ·c,
  /// and means along the row of n columns,
  ///
  /// ```text
  /// dβ = Σc    dγ = Σ c·x̂    dx = r·(g - mean(g) - x̂·mean(g·x̂))
  /// ```
  ///
  /// where the first two add up over the rows, and mean(g) is left out of a row that is not
  /// centred.
  void gradients(
      boolean centred,
      Storage x,
      Storage scale,
      Storage moments,
      Storage c,
      Storage dx,
      Storage dscale,
      Storage dshift);
}
