package taut.training;

import taut.core.DType;
import taut.core.Shape;
import taut.core.Storage;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Brings targets into the form in which losses and metrics compare them with predictions, and
/// finds those that cannot be right.
final class Targets {
  private Targets() {}

  /// Returns the target in the prediction's shape and element type.
  ///
  /// A last axis of size 1 may be missing or too much; nothing else broadcasts, since `[n]` against
  /// `[n, 1]` would silently compare every target with every prediction. INT32 and BOOL targets are
  /// converted.
  ///
  /// @throws IllegalArgumentException if shapes or element types do not fit
  static Tensor like(String loss, Tensor target, Tensor prediction) {
    checkPrediction(loss, prediction);
    if (target.dtype().isFloating() && target.dtype() != prediction.dtype()) {
      throw new IllegalArgumentException(
          loss
              + ": wants targets of the predictions' type "
              + prediction.dtype()
              + ", got "
              + target.spec()
              + "; cast them");
    }
    Shape shape = prediction.shape();
    boolean fits =
        target.shape().equals(shape)
            || withoutLastOne(target.shape()).equals(shape)
            || withoutLastOne(shape).equals(target.shape());
    if (!fits) {
      throw new IllegalArgumentException(
          loss + ": wants targets of the predictions' shape " + shape + ", got " + target.spec());
    }
    return target.cast(prediction.dtype()).reshape(shape);
  }

  /// Returns the INT32 label of each row of a prediction `[..., classes]`.
  ///
  /// @throws IllegalArgumentException if shapes do not fit or a label names no class
  static Tensor labels(String loss, Tensor target, Tensor prediction) {
    checkClasses(loss, prediction);
    Shape rows = prediction.shape().without(-1);
    boolean fits = target.shape().equals(rows) || target.shape().equals(withLastOne(rows));
    if (target.dtype() != DType.INT32 || !fits) {
      throw new IllegalArgumentException(
          loss
              + ": wants labels "
              + new TensorSpec(rows, DType.INT32)
              + " for predictions "
              + prediction.spec()
              + ", got "
              + target.spec()
              + (fits ? "; cast them to INT32" : ""));
    }
    checkRange(loss, target, prediction.dim(-1));
    return target.reshape(rows);
  }

  /// Checks that predictions are rows of at least two classes.
  static void checkClasses(String loss, Tensor prediction) {
    checkPrediction(loss, prediction);
    if (prediction.rank() < 2 || prediction.dim(-1) < 2) {
      throw new IllegalArgumentException(
          loss
              + ": wants predictions [batch, ..., classes] with at least 2 classes, got "
              + prediction.spec()
              + "; for one probability a sample use binaryCrossentropy or binaryAccuracy");
    }
  }

  private static void checkPrediction(String loss, Tensor prediction) {
    if (!prediction.dtype().isFloating() || prediction.rank() == 0) {
      throw new IllegalArgumentException(
          loss + ": wants floating-point predictions [batch, ...], got " + prediction.spec());
    }
  }

  private static Shape withLastOne(Shape shape) {
    return shape.append(1);
  }

  private static Shape withoutLastOne(Shape shape) {
    return shape.rank() > 0 && shape.dim(-1) == 1 ? shape.without(-1) : shape;
  }

  private static void checkRange(String loss, Tensor labels, int classes) {
    Storage storage = labels.storage();
    for (int i = 0; i < storage.length(); i++) {
      int label = (int) storage.get(i);
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException(
            loss
                + ": label "
                + label
                + " at position "
                + i
                + " is not in 0 … "
                + (classes - 1)
                + ", since the predictions have "
                + classes
                + " classes");
      }
    }
  }

  /// Fails if an element is NaN or infinite; the message names its row.
  static void checkNumbers(String loss, Tensor targets) {
    if (!targets.dtype().isFloating()) {
      return;
    }
    Storage storage = targets.storage();
    int rows = targets.rank() == 0 ? 1 : targets.dim(0);
    for (int i = 0; i < storage.length(); i++) {
      if (!Double.isFinite(storage.get(i))) {
        throw new IllegalArgumentException(
            loss
                + ": wants finite targets, got "
                + storage.get(i)
                + " at row "
                + i / (storage.length() / rows)
                + " of "
                + targets.spec());
      }
    }
  }

  /// Fails if an element is not from 0 to 1; the message names its position.
  static void checkProbabilities(String loss, Tensor targets) {
    checkNumbers(loss, targets);
    Storage storage = targets.storage();
    for (int i = 0; i < storage.length(); i++) {
      if (storage.get(i) < 0 || storage.get(i) > 1) {
        throw new IllegalArgumentException(
            loss
                + ": wants targets from 0 to 1, got "
                + storage.get(i)
                + " at position "
                + i
                + " of "
                + targets.spec());
      }
    }
  }

  /// Fails if targets are no INT32 labels from 0 up; the message names the position.
  static void checkLabels(String loss, Tensor targets) {
    if (targets.dtype() != DType.INT32) {
      throw new IllegalArgumentException(
          loss + ": wants INT32 labels, got " + targets.spec() + "; cast them");
    }
    checkRange(loss, targets);
  }

  private static void checkRange(String loss, Tensor labels) {
    Storage storage = labels.storage();
    for (int i = 0; i < storage.length(); i++) {
      if (storage.get(i) < 0) {
        throw new IllegalArgumentException(
            loss + ": label " + (int) storage.get(i) + " at position " + i + " is negative");
      }
    }
  }
}
