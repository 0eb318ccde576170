/// NumPy's array files, read without trust and written atomically.
@NullMarked
package taut.core.io;

import org.jspecify.annotations.NullMarked;
