package taut.core.ops;

import taut.core.DType;
import taut.core.Op;
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

  /// Returns the losses that dense targets give, one a row.
  static TensorSpec losses(String op, TensorSpec predictions, TensorSpec targets) {
    Rows.check(op, predictions);
    if (!predictions.equals(targets)) {
      throw new IllegalArgumentException(
          op + ": predictions and targets must be alike, got " + predictions + " and " + targets);
    }
    return new TensorSpec(predictions.shape().without(-1), predictions.dtype());
  }

  /// Returns the losses that labels give, one a row.
  static TensorSpec sparseLosses(String op, TensorSpec predictions, TensorSpec labels) {
    TensorSpec losses = losses(op, predictions, predictions);
    if (!labels.equals(new TensorSpec(losses.shape(), DType.INT32))) {
      throw new IllegalArgumentException(
          op + ": wants one INT32 label a row of " + predictions + ", got " + labels);
    }
    return losses;
  }

  static void checkCotangent(Op op, TensorSpec losses, TensorSpec cotangent) {
    if (!cotangent.equals(losses)) {
      throw new IllegalArgumentException(
          op.label() + ": wants one cotangent a row, " + losses + ", got " + cotangent);
    }
  }
}
