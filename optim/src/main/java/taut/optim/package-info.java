/// Optimizers: what turns gradients into better weights.
///
/// Learning-rate schedules, gradient clipping and weight averaging stand beside the optimizers that
/// use them.
@NullMarked
package taut.optim;

import org.jspecify.annotations.NullMarked;
