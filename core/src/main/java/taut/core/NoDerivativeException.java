package taut.core;

/// Says that a derivative was asked for which does not exist.
public final class NoDerivativeException extends UnsupportedOperationException {
  private static final long serialVersionUID = 1L;

  /// Makes the error for an op and the reason why it has no derivative.
  public NoDerivativeException(Op op, String reason) {
    super(op.label() + ": no derivative: " + reason);
  }
}
