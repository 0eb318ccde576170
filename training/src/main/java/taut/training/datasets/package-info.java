/// The data sets of the studies: two that come with Taut and one that is looked for on the machine.
@NullMarked
package taut.training.datasets;

import org.jspecify.annotations.NullMarked;
