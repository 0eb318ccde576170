/// What a training step allocates, and where.
@NullMarked
package taut.bench.memory;

import org.jspecify.annotations.NullMarked;
