/// A fast matrix product, step by step: every class is one step of the page
/// `docs/a-fast-matmul-in-java.md`, runnable and complete.
@NullMarked
package taut.bench.matmul;

import org.jspecify.annotations.NullMarked;
