package taut.autodiff;

import org.jspecify.annotations.Nullable;

/// A value that was read from a variable, and the next one that was read from it after an update.
final class Reading {
  final Node node;
  @Nullable Reading next;

  Reading(Node node) {
    this.node = node;
  }

  /// Adds a value unless it is here already.
  void add(Node another) {
    Reading last = this;
    while (last.node != another) {
      if (last.next == null) {
        last.next = new Reading(another);
      }
      last = last.next;
    }
  }
}
