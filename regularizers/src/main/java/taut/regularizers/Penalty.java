package taut.regularizers;

import java.util.Objects;
import taut.core.Tensor;

/// A penalty and where it comes from.
///
/// @param layer the layer that pays it
/// @param role what is penalized: `kernel`, `bias`, `activity` …
/// @param regularizer what computed it
/// @param value the scalar that is added to the loss
public record Penalty(String layer, String role, Regularizer regularizer, Tensor value) {
  /// Checks that the value is a scalar.
  ///
  /// @throws IllegalArgumentException if it is not; the message names layer, role and shape
  public Penalty {
    if (value.rank() != 0) {
      throw new IllegalArgumentException(
          "penalty: the "
              + role
              + " regularizer of layer '"
              + layer
              + "' must return a scalar, got "
              + value.spec()
              + "; reduce it with sum()");
    }
  }

  /// Computes the penalty of a weight, or of anything else whose penalty is not divided by a batch
  /// size.
  ///
  /// @throws IllegalArgumentException if the regularizer cannot work on x, or if its result is not
  ///   a scalar; the message names layer and role
  public static Penalty of(String layer, String role, Regularizer regularizer, Tensor x) {
    Tensor value;
    try {
      value = Tensor.fusing(() -> regularizer.penalty(x));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "penalty: the "
              + role
              + " regularizer of layer '"
              + layer
              + "' failed: "
              + e.getMessage(),
          e);
    }
    return new Penalty(
        layer,
        role,
        regularizer,
        Objects.requireNonNull(
            value,
            () -> "penalty: the " + role + " regularizer of layer '" + layer + "' returned null"));
  }

  /// Computes the penalty of a layer's output, divided by the batch size, its first axis (Keras
  /// 3.14).
  public static Penalty ofActivity(String layer, Regularizer regularizer, Tensor output) {
    Tensor sum = Penalty.of(layer, "activity", regularizer, output).value();
    int batch = output.rank() == 0 ? 1 : output.dim(0);
    return new Penalty(layer, "activity", regularizer, batch == 0 ? sum : sum.div(batch));
  }
}
