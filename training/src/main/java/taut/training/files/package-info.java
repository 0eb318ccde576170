/// Files that other programs read and write too, read without trust and written atomically.
@NullMarked
package taut.training.files;

import org.jspecify.annotations.NullMarked;
