package taut.autodiff;

import org.jspecify.annotations.Nullable;
import taut.core.Op;
import taut.core.Tensor;

/// One entry of a tape: a tensor that is tracked, and how it came about.
///
/// @param index the position on the tape; a node's parents have smaller indices
/// @param op what computed the tensor, or null for a watched source
/// @param inputs what it was computed from
/// @param parents for each input its node, or null where the input is not tracked
/// @param output the tensor
record Node(int index, @Nullable Op op, Tensor[] inputs, @Nullable Node[] parents, Tensor output) {
  private static final Tensor[] NO_INPUTS = {};
  private static final Node[] NO_PARENTS = {};

  static Node source(int index, Tensor tensor) {
    return new Node(index, null, NO_INPUTS, NO_PARENTS, tensor);
  }
}
