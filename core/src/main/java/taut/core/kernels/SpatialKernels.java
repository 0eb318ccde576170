package taut.core.kernels;

import taut.core.Storage;

/// The loops that move a window over an input: convolution and pooling.
public interface SpatialKernels {
  /// Returns the kernels in use: SIMD wherever [Kernels#active] is.
  static SpatialKernels active() {
    return Kernels.active() instanceof VectorKernels
        ? VectorSpatialKernels.INSTANCE
        : ReferenceSpatialKernels.INSTANCE;
  }

  /// Computes a convolution.
  void convolve(SpatialPlan plan, Storage x, Storage kernel, Storage out);

  /// Computes the gradient of a convolution with respect to its input.
  void convolveInputGradient(SpatialPlan plan, Storage c, Storage kernel, Storage out);

  /// Computes the gradient of a convolution with respect to its kernel.
  void convolveKernelGradient(SpatialPlan plan, Storage x, Storage c, Storage out);

  /// Finds the place of the first largest element under each window.
  void maxPoolWinners(SpatialPlan plan, Storage x, Storage out);

  /// Takes the maximum under each window, a NaN if there is one; each window has an element.
  void maxPool(SpatialPlan plan, Storage x, Storage out);

  /// Adds each cotangent c to the element of x that was the maximum, the first one of equal ones,
  /// and sets all others to 0.
  void maxPoolGradient(SpatialPlan plan, Storage x, Storage c, Storage out);

  /// Averages under each window.
  void averagePool(SpatialPlan plan, Storage x, Storage out);

  /// Spreads cotangents over the elements that were averaged.
  void averagePoolGradient(SpatialPlan plan, Storage c, Storage out);
}
