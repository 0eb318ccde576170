/// The loops that compute: reference kernels to read and Vector API kernels to run.
///
/// The reference is the specification: plain loops with double accumulation. The Vector API kernels
/// must agree with it on every shape, for every vector width and any number of threads.
@NullMarked
package taut.core.kernels;

import org.jspecify.annotations.NullMarked;
