/// Layers and what a layer is made of: initializers, activations and constraints.
///
/// A layer creates its variables once, when it first sees an input shape, and holds no state of a
/// single call, so that many threads may use one for inference.
@NullMarked
package taut.layers;

import org.jspecify.annotations.NullMarked;
