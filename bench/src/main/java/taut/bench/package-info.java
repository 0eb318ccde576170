/// Benchmarks with JMH, run by `./taut bench`.
@NullMarked
package taut.bench;

import org.jspecify.annotations.NullMarked;
