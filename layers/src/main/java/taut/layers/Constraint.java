package taut.layers;

import taut.autodiff.Variable;
import taut.core.Tensor;

/// Projects a weight onto a set of allowed values after each step of training.
///
/// Any function of a tensor to a tensor of the same shape is a constraint: `w -> w.clip(-1, 1)`. A
/// constraint is no part of the loss and has no gradient. A frozen weight is not constrained.
@FunctionalInterface
public interface Constraint {
  /// Returns the allowed value for w, in the shape of w.
  Tensor apply(Tensor w);

  /// Tells that every value is allowed.
  default boolean isNone() {
    return false;
  }

  /// Replaces the value of a variable by the allowed one.
  ///
  /// @throws IllegalArgumentException if the constraint changes shape or element type
  default void enforce(Variable variable) {
    variable.assign(apply(variable.value()));
  }

  /// Returns the constraint that allows everything.
  static Constraint none() {
    return NoConstraint.INSTANCE;
  }
}
