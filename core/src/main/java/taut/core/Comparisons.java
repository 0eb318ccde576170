package taut.core;

import taut.core.ops.Comparison;
import taut.core.ops.Where;

/// Questions to two tensors, answered element by element as BOOL; shapes broadcast, element types
/// must be equal.
///
/// A comparison with NaN is false, but for [#notEqual]. The answers have no derivative: no gradient
/// flows through them.
public sealed interface Comparisons permits Tensor {
  /// Returns this as a tensor.
  Tensor self();

  /// Tells where x = y.
  default Tensor equal(Tensor other) {
    return Comparison.EQUAL.apply(self(), other);
  }

  /// Tells where x = number.
  default Tensor equal(double number) {
    return equal(Tensor.scalar(number, self().dtype()));
  }

  /// Tells where x ≠ y.
  default Tensor notEqual(Tensor other) {
    return Comparison.NOT_EQUAL.apply(self(), other);
  }

  /// Tells where x ≠ number.
  default Tensor notEqual(double number) {
    return notEqual(Tensor.scalar(number, self().dtype()));
  }

  /// Tells where x < y.
  default Tensor less(Tensor other) {
    return Comparison.LESS.apply(self(), other);
  }

  /// Tells where x < number.
  default Tensor less(double number) {
    return less(Tensor.scalar(number, self().dtype()));
  }

  /// Tells where x ≤ y.
  default Tensor lessEqual(Tensor other) {
    return Comparison.LESS_EQUAL.apply(self(), other);
  }

  /// Tells where x ≤ number.
  default Tensor lessEqual(double number) {
    return lessEqual(Tensor.scalar(number, self().dtype()));
  }

  /// Tells where x > y.
  default Tensor greater(Tensor other) {
    return Comparison.GREATER.apply(self(), other);
  }

  /// Tells where x > number.
  default Tensor greater(double number) {
    return greater(Tensor.scalar(number, self().dtype()));
  }

  /// Tells where x ≥ y.
  default Tensor greaterEqual(Tensor other) {
    return Comparison.GREATER_EQUAL.apply(self(), other);
  }

  /// Tells where x ≥ number.
  default Tensor greaterEqual(double number) {
    return greaterEqual(Tensor.scalar(number, self().dtype()));
  }

  /// Tells where both are true; both tensors are BOOL.
  default Tensor and(Tensor other) {
    return Comparison.AND.apply(self(), other);
  }

  /// Tells where at least one is true; both tensors are BOOL.
  default Tensor or(Tensor other) {
    return Comparison.OR.apply(self(), other);
  }

  /// Tells where exactly one is true; both tensors are BOOL.
  default Tensor xor(Tensor other) {
    return Comparison.XOR.apply(self(), other);
  }

  /// Tells where this BOOL tensor is false.
  default Tensor not() {
    if (self().dtype() != DType.BOOL) {
      throw new IllegalArgumentException("not: wants BOOL elements, got " + self().spec());
    }
    return Comparison.EQUAL.apply(self(), Tensor.scalar(0, DType.BOOL));
  }

  /// Returns the elements of one tensor where this BOOL tensor is true, and of another where it is
  /// false.
  ///
  /// The gradient of an element flows only to where the element came from, so a NaN in the part
  /// that was not chosen does no harm to the value; its own derivative still multiplies a zero
  /// cotangent.
  default Tensor where(Tensor ifTrue, Tensor ifFalse) {
    return Where.INSTANCE.apply(self(), ifTrue, ifFalse);
  }
}
