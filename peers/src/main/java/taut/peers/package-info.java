/// Taut's benchmarks beside the same works on other libraries, run by `./taut peers`.
@NullMarked
package taut.peers;

import org.jspecify.annotations.NullMarked;
