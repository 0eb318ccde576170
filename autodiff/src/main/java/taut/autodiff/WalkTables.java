package taut.autodiff;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import taut.core.Tensor;

/// What a backward walk knows of each node, by index.
final class WalkTables {
  /// The cotangent so far; null where nothing has arrived.
  final @Nullable Tensor[] cotangents;

  /// Whether it is one whose gradient was asked for.
  final boolean[] isSource;

  /// Whether it depends on a source: only then its cotangent matters.
  final boolean[] needed;

  /// Whether the cotangent is a sum made by the walk, to which more may be added in place.
  final boolean[] owned;

  /// Makes tables for some nodes, with room for more.
  WalkTables(int nodes) {
    int length = Math.max(64, nodes + nodes / 2);
    this.cotangents = new Tensor[length];
    this.isSource = new boolean[length];
    this.needed = new boolean[length];
    this.owned = new boolean[length];
  }

  int length() {
    return owned.length;
  }

  /// Forgets the first nodes.
  void clear(int nodes) {
    Arrays.fill(cotangents, 0, nodes, null);
    Arrays.fill(isSource, 0, nodes, false);
    Arrays.fill(needed, 0, nodes, false);
    Arrays.fill(owned, 0, nodes, false);
  }
}
