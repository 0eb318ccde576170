package taut.core.ops;

import taut.core.DType;

/// The range in which logarithms of probabilities are taken, [1e-7, 1 - 1e-7] as in Keras.
///
/// The limits are rounded to the element type, as they would be in a computation of that type: in
/// FLOAT32 the upper one is 1 - 2⁻²³.
///
/// @param low the least probability
/// @param high the greatest probability
public record Probabilities(double low, double high) {
  /// Keras's small number, in all places where something must not vanish.
  public static final double EPSILON = 1e-7;

  private static final Probabilities SINGLE =
      new Probabilities((float) EPSILON, (float) (1 - EPSILON));
  private static final Probabilities DOUBLE = new Probabilities(EPSILON, 1 - EPSILON);

  /// Returns the range for elements of a floating-point type.
  public static Probabilities of(DType dtype) {
    return dtype == DType.FLOAT32 ? SINGLE : DOUBLE;
  }

  /// Returns the nearest probability in the range; NaN for NaN.
  public double clip(double probability) {
    return Math.max(low, Math.min(high, probability));
  }

  /// Tells whether a gradient passes: not outside the range, but NaN must be seen.
  public boolean passes(double probability) {
    return !(probability < low || probability > high);
  }
}
