/// The roofline picture: the limits of the machine, the kernels measured against them, and how they
/// are drawn.
@NullMarked
package taut.bench.roofline;

import org.jspecify.annotations.NullMarked;
