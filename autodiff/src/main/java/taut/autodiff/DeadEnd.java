package taut.autodiff;

import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import taut.core.Op;
import taut.core.TensorSpec;

/// How a tensor came about that depends on tracked ones, but only through operations that pass no
/// gradient on: what an error can tell of it. It holds no tensors.
///
/// @param blocker the operation that passes nothing on, or null where the tensor was computed from
///   dead ends alone
/// @param nodes for each input of the blocker its node, or null where it is not tracked
/// @param origins the inputs that are dead ends themselves
record DeadEnd(@Nullable Blocker blocker, @Nullable Node[] nodes, List<DeadEnd> origins) {
  /// An operation that passes no gradient on.
  ///
  /// @param spec its result
  /// @param caller the line of code that asked for it; empty where nobody noted it
  record Blocker(Op op, TensorSpec spec, String caller) {
    /// Names the operation and says why nothing passes, such as `argmax (its result INT32[] is
    /// piecewise constant)`.
    @Override
    public String toString() {
      StringJoiner text = new StringJoiner(", ", op.label() + " (", ")");
      if (!caller.isEmpty()) {
        text.add(caller);
      }
      return text.add(
              spec.dtype().isFloating()
                  ? "it passes no gradient on"
                  : "its result " + spec + " is piecewise constant")
          .toString();
    }
  }

  /// Makes the dead end of a tensor that was computed from others.
  static DeadEnd from(List<DeadEnd> origins) {
    return new DeadEnd(null, new Node[0], origins);
  }
}
