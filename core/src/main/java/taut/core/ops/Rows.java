package taut.core.ops;

import taut.core.TensorSpec;

/// The rule of ops that treat a tensor as rows along its last axis.
final class Rows {
  private Rows() {}

  static TensorSpec check(String op, TensorSpec spec) {
    if (!spec.dtype().isFloating() || spec.shape().rank() == 0) {
      throw new IllegalArgumentException(
          op + ": wants floating-point elements of rank 1 or more, got " + spec);
    }
    return spec;
  }

  static int count(TensorSpec spec) {
    int classes = spec.shape().dim(-1);
    return classes == 0 ? 0 : spec.shape().size() / classes;
  }
}
