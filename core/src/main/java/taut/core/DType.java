package taut.core;

/// Names the type of a tensor's elements.
///
/// Types never mix silently: an operation on two different types is an error, and `cast` is the one
/// way between them.
public enum DType {
  /// IEEE 754 single precision: the fast one, with SIMD kernels.
  FLOAT32,
  /// IEEE 754 double precision: for gradient checks and reference values.
  FLOAT64,
  /// Two's complement 32-bit integers: class labels and indices.
  INT32,
  /// Truth values, as comparisons give them.
  BOOL;

  /// Tells whether elements of this type have derivatives.
  public boolean isFloating() {
    return this == FLOAT32 || this == FLOAT64;
  }

  /// Returns the bytes that one element takes.
  public int bytes() {
    return switch (this) {
      case FLOAT32, INT32 -> 4;
      case FLOAT64 -> 8;
      case BOOL -> 1;
    };
  }
}
