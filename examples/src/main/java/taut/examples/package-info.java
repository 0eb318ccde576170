/// Studies on real data, each one a command of [taut.examples.Main].
@NullMarked
package taut.examples;

import org.jspecify.annotations.NullMarked;
