/// Operations as data: each one knows its result's shape, its kernel and its own derivatives.
///
/// Element-wise functions are constants of enums that declare value and derivative side by side;
/// every other operation is one record. A user's operation implements the same interface.
@NullMarked
package taut.core.ops;

import org.jspecify.annotations.NullMarked;
