package taut.autodiff;

/// Says what the derivative is of a target with respect to a source on which it does not depend, or
/// only through operations that have no derivative.
public enum Unconnected {
  /// There is none: asking for it is an error. This is the default everywhere, because a missing
  /// path is most often a mistake.
  NONE,
  /// It is zero.
  ZERO
}
