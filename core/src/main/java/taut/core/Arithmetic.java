package taut.core;

import taut.core.ops.Binary;
import taut.core.ops.Clip;

/// What two tensors, or a tensor and a number, give element by element.
///
/// The shapes broadcast ([Shape#broadcast]), the element types must be equal; a number takes the
/// tensor's type. INT32 results outside the range stop at its ends.
public sealed interface Arithmetic permits Tensor {
  /// Returns this as a tensor.
  Tensor self();

  /// Returns x + y.
  default Tensor add(Tensor other) {
    return Binary.ADD.apply(self(), other);
  }

  /// Returns x + number.
  default Tensor add(double number) {
    return add(number(number));
  }

  /// Returns x - y.
  default Tensor sub(Tensor other) {
    return Binary.SUBTRACT.apply(self(), other);
  }

  /// Returns x - number.
  default Tensor sub(double number) {
    return sub(number(number));
  }

  /// Returns number - x.
  default Tensor subFrom(double number) {
    return number(number).sub(self());
  }

  /// Returns x · y; of a floating-point tensor with itself, the [Functions#square], whose sum is
  /// one pass over x.
  default Tensor mul(Tensor other) {
    boolean square = other == self() && self().dtype().isFloating();
    return square ? self().square() : Binary.MULTIPLY.apply(self(), other);
  }

  /// Returns x · number.
  default Tensor mul(double number) {
    return mul(number(number));
  }

  /// Returns x / y. INT32 division cuts towards zero; x / 0 is the end of the range on the side of
  /// x, and 0 / 0 is 0.
  default Tensor div(Tensor other) {
    return Binary.DIVIDE.apply(self(), other);
  }

  /// Returns x / number.
  default Tensor div(double number) {
    return div(number(number));
  }

  /// Returns number / x.
  default Tensor divInto(double number) {
    return number(number).div(self());
  }

  /// Returns x - y · ⌊x / y⌋, what is left of x when it is divided by y, with the sign of y as in
  /// NumPy; NaN where y is 0, and 0 for INT32. At the steps, where there is no derivative, it is
  /// that of the piece above.
  default Tensor mod(Tensor other) {
    return Binary.REMAINDER.apply(self(), other);
  }

  /// Returns x - number · ⌊x / number⌋.
  default Tensor mod(double number) {
    return mod(number(number));
  }

  /// Returns x to the power y. The derivative with respect to y is taken as 0 where x is 0 or
  /// negative. An INT32 power is cut towards zero, so that 2⁻¹ is 0; 0⁻¹ is the end of the range.
  default Tensor pow(Tensor exponent) {
    return Binary.POWER.apply(self(), exponent);
  }

  /// Returns x to the power of a number; of 2, the [Functions#square].
  default Tensor pow(double exponent) {
    boolean square = exponent == 2 && self().dtype().isFloating();
    return square ? self().square() : pow(number(exponent));
  }

  /// Returns the smaller of x and y; NaN if either is NaN. Where they are equal, each gets half of
  /// the gradient.
  default Tensor minimum(Tensor other) {
    return Binary.MINIMUM.apply(self(), other);
  }

  /// Returns the smaller of x and a number.
  default Tensor minimum(double number) {
    return minimum(number(number));
  }

  /// Returns the larger of x and y; NaN if either is NaN. Where they are equal, each gets half of
  /// the gradient.
  default Tensor maximum(Tensor other) {
    return Binary.MAXIMUM.apply(self(), other);
  }

  /// Returns the larger of x and a number.
  default Tensor maximum(double number) {
    return maximum(number(number));
  }

  /// Returns (x - y)².
  default Tensor squaredDifference(Tensor other) {
    return Binary.SQUARED_DIFFERENCE.apply(self(), other);
  }

  /// Returns x limited to [low, high]; the gradient passes where low ≤ x ≤ high. NaN stays NaN. For
  /// INT32 the limits are whole numbers or infinite.
  default Tensor clip(double low, double high) {
    return new Clip(low, high).apply(self());
  }

  private Tensor number(double value) {
    return Tensor.scalar(value, self().dtype());
  }
}
