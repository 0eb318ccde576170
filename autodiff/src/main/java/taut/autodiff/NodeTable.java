package taut.autodiff;

import java.util.List;
import org.jspecify.annotations.Nullable;
import taut.core.Tensor;

/// Finds the node of a tensor: a hash table with open addressing, at most half full.
///
/// Every input of every operation is looked for here, so this is most of what recording costs. One
/// array of nodes, each of which knows its tensor, takes neither entries nor a second look.
final class NodeTable {
  private static final int INITIAL_BITS = 6;

  /// 2³² divided by the golden ratio. Tensors are numbered as they are made and that number is
  /// their hash code; its multiples lie evenly over the table, where the numbers themselves would
  /// stand in one long row through which every failing search has to go.
  private static final int SPREAD = 0x9E3779B9;

  private @Nullable Node[] places = new Node[1 << INITIAL_BITS];
  private int shift = Integer.SIZE - INITIAL_BITS;
  private int size;

  /// Returns the node of a tensor, or null if it has none.
  @Nullable Node find(Tensor tensor) {
    int mask = places.length - 1;
    for (int i = (tensor.hashCode() * SPREAD) >>> shift; ; i = (i + 1) & mask) {
      Node node = places[i];
      if (node == null || node.output() == tensor) {
        return node;
      }
    }
  }

  /// Adds the node of a tensor that has none.
  void add(Node node) {
    if (2 * ++size > places.length) {
      grow();
    }
    put(node);
  }

  /// Removes all nodes, which are given in any order.
  void remove(List<Node> nodes) {
    int mask = places.length - 1;
    for (Node node : nodes) {
      int i = (node.output().hashCode() * SPREAD) >>> shift;
      while (places[i] != node) {
        i = (i + 1) & mask;
      }
      places[i] = null;
    }
    size = 0;
  }

  private void put(Node node) {
    int mask = places.length - 1;
    int i = (node.output().hashCode() * SPREAD) >>> shift;
    while (places[i] != null) {
      i = (i + 1) & mask;
    }
    places[i] = node;
  }

  private void grow() {
    @Nullable Node[] before = places;
    places = new Node[2 * before.length];
    shift--;
    for (Node node : before) {
      if (node != null) {
        put(node);
      }
    }
  }
}
