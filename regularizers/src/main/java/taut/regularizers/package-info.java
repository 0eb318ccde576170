/// Penalties that keep a model from fitting noise.
///
/// A regularizer is a function from a tensor to a scalar penalty; those with a proximal operator
/// can be applied by the optimizer instead, which gives true zeros.
@NullMarked
package taut.regularizers;

import org.jspecify.annotations.NullMarked;
