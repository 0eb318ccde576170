package taut.training;

import taut.core.Tensor;

/// A loss that compares rows along the last axis, such as distributions over classes.
interface RowLoss extends Loss {
  /// Returns the name, for errors.
  String label();

  /// Compares each row; both tensors have one shape `[..., classes]` and type.
  Tensor rows(Tensor target, Tensor prediction);

  @Override
  default Tensor perSample(Tensor target, Tensor prediction) {
    if (!target.shape().equals(prediction.shape())) {
      throw new IllegalArgumentException(
          label()
              + ": wants targets of the predictions' shape "
              + prediction.shape()
              + ", got "
              + target.spec());
    }
    return rows(Targets.like(label(), target, prediction), prediction);
  }

  @Override
  default void check(Tensor targets) {
    Targets.checkNumbers(label(), targets);
  }
}
