/// Models and their life: data pipelines, losses, metrics, fitting, callbacks, plots and files.
@NullMarked
package taut.training;

import org.jspecify.annotations.NullMarked;
