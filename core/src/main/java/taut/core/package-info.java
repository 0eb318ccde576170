/// Tensors and what a tensor needs: shapes, dtypes, memory, random numbers and files.
///
/// Nothing here knows of gradients. What is computed is a value of `taut.core.ops`, how it is
/// computed stands in `taut.core.kernels`, and whoever wants to know what happened, a tape or a
/// profiler, listens as a recorder.
@NullMarked
package taut.core;

import org.jspecify.annotations.NullMarked;
