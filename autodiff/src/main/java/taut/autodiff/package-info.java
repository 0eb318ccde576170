/// Automatic differentiation over recorded operations: the tape knows the chain rule.
///
/// A gradient tape records the operations that touch what it watches and walks them backward;
/// Jacobians, Hessians and gradient checks are built from the same two directions.
@NullMarked
package taut.autodiff;

import org.jspecify.annotations.NullMarked;
