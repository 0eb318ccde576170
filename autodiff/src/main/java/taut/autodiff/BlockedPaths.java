package taut.autodiff;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import taut.core.Tensor;

/// Finds the operations that keep a target's gradient from its source. It walks the recording with
/// its dead ends, and only once a gradient has been found missing.
final class BlockedPaths {
  /// The most operations that an error names.
  private static final int MOST = 3;

  private final Tape tape;

  /// For each node or dead end that a target depends on, those that use it.
  private final Map<Object, List<Object>> users = new IdentityHashMap<>();

  private BlockedPaths(Tape tape) {
    this.tape = tape;
  }

  /// Names the operations through which alone a target depends on a source, the nearest to the
  /// source first; empty if it does not depend on it at all.
  static String describe(Tape tape, Collection<Tensor> targets, Node source) {
    BlockedPaths paths = new BlockedPaths(tape);
    Deque<Object> open = new ArrayDeque<>();
    targets.forEach(target -> paths.visit(origin(tape, target), null, open));
    while (!open.isEmpty()) {
      Object user = open.remove();
      paths.origins(user).forEach(origin -> paths.visit(origin, user, open));
    }
    return paths.blockersFrom(source);
  }

  private static @Nullable Object origin(Tape tape, Tensor tensor) {
    Node node = tape.find(tensor);
    return node != null ? node : tape.findDeadEnd(tensor);
  }

  private void visit(@Nullable Object origin, @Nullable Object user, Deque<Object> open) {
    if (origin == null) {
      return;
    }
    List<Object> known = users.get(origin);
    if (known == null) {
      known = new ArrayList<>();
      users.put(origin, known);
      open.add(origin);
    }
    if (user != null) {
      known.add(user);
    }
  }

  /// Lists what something was computed from.
  private List<Object> origins(Object result) {
    List<Object> origins = new ArrayList<>();
    if (result instanceof DeadEnd deadEnd) {
      origins.addAll(deadEnd.origins());
      addKnown(deadEnd.nodes(), origins);
    } else if (result instanceof Node node) {
      addKnown(node.parents(), origins);
      for (Tensor input : node.inputs()) {
        DeadEnd deadEnd = tape.findDeadEnd(input);
        if (deadEnd != null) {
          origins.add(deadEnd);
        }
      }
    }
    return origins;
  }

  private static void addKnown(@Nullable Node[] nodes, List<Object> origins) {
    for (Node node : nodes) {
      if (node != null) {
        origins.add(node);
      }
    }
  }

  private String blockersFrom(Node source) {
    Set<String> blockers = new LinkedHashSet<>();
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> open = new ArrayDeque<>(List.of(source));
    while (!open.isEmpty()) {
      for (Object user : users.getOrDefault(open.remove(), List.of())) {
        if (seen.add(user)) {
          DeadEnd.Blocker blocker = user instanceof DeadEnd deadEnd ? deadEnd.blocker() : null;
          if (blocker != null) {
            blockers.add(blocker.toString());
          } else {
            open.add(user);
          }
        }
      }
    }
    return blockers.stream().limit(MOST).collect(Collectors.joining(" and "));
  }
}
