package taut.core.kernels;

import taut.core.Storage;

/// The loops behind random numbers: each fills a storage with what the blocks of [taut.core.Philox]
/// give from a counter on.
///
/// Word i of the stream, `i % 4` of block `counter + i / 4`, decides element i, so an element does
/// not depend on how many there are, on the vectors of the machine or on the number of threads.
public interface RandomKernels {
  /// Returns the kernels in use: SIMD wherever [Kernels#active] is.
  static RandomKernels active() {
    return Kernels.active() instanceof VectorKernels
        ? VectorRandomKernels.INSTANCE
        : ReferenceRandomKernels.INSTANCE;
  }

  /// Fills with numbers uniform in [low, high), of 24 random bits each.
  void uniform(long key, long counter, double low, double high, Storage out);

  /// Fills with normal numbers: mean + deviation · z, with z as [NormalPair] defines it.
  void normal(long key, long counter, float mean, float deviation, Storage out);

  /// Fills with `value` where the element is kept and 0 elsewhere.
  ///
  /// @param threshold how many of the 2³² words keep an element: the smallest ones
  void mask(long key, long counter, long threshold, double value, Storage out);

  /// Computes x times what [#mask] would fill in.
  void dropout(long key, long counter, long threshold, double value, Storage x, Storage out);
}
