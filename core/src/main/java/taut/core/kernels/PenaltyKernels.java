package taut.core.kernels;

import taut.core.Storage;

/// The loops behind penalties of the form a·Σ|x| + b·Σx²: one pass for the value, one for the
/// gradient.
public interface PenaltyKernels {
  /// Returns the kernels in use: SIMD wherever [Kernels#active] is.
  static PenaltyKernels active() {
    return Kernels.active() instanceof VectorKernels
        ? VectorPenaltyKernels.INSTANCE
        : ReferencePenaltyKernels.INSTANCE;
  }

  /// Returns absolute·Σ|x| + square·Σx²; a term whose factor is 0 is left out.
  double value(double absolute, double square, Storage x);

  /// Writes absolute·|x| + square·x², element by element; a term whose factor is 0 is left out.
  void elements(double absolute, double square, Storage x, Storage out);

  /// Writes absolute·sign(x) + 2·square·x, or adds it to what is there; a term whose factor is 0 is
  /// left out.
  void gradient(double absolute, double square, Storage x, Storage sum, boolean add);
}
