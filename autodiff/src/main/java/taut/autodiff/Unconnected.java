package taut.autodiff;

/// Says what the gradient is of a source on which the target does not depend.
public enum Unconnected {
  /// There is none: asking for it is an error. This is the default, because a missing path is most
  /// often a mistake.
  NONE,
  /// It is zero.
  ZERO
}
