package taut.training;

import taut.core.Tensor;

/// The mixing of targets with the uniform distribution: t(1 - s) + s / classes.
final class LabelSmoothing {
  private LabelSmoothing() {}

  static void check(double smoothing) {
    if (!(smoothing >= 0 && smoothing <= 1)) {
      throw new IllegalArgumentException("label smoothing: must be from 0 to 1, got " + smoothing);
    }
  }

  static Tensor apply(double smoothing, Tensor target, int classes) {
    return smoothing == 0 ? target : target.mul(1 - smoothing).add(smoothing / classes);
  }
}
