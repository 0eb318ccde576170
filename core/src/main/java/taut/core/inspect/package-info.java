/// Readers of a running computation: a listing, a graph, costs, a profile, and a detector of
/// non-finite values.
///
/// All of them are recorders: they need no hook of their own in the engine, and work on any block
/// of code.
@NullMarked
package taut.core.inspect;

import org.jspecify.annotations.NullMarked;
