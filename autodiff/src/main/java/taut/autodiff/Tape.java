package taut.autodiff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import taut.core.Op;
import taut.core.Tensor;
import taut.core.inspect.Caller;
import taut.core.inspect.Listing;

/// The recording itself: the tracked tensors in the order in which they came about, which is a
/// topological order of the graph.
final class Tape implements Tracking {
  private final boolean watchesVariables;
  private final boolean notesCallers;
  private final TapeTables tables = TapeTables.take();

  Tape(boolean watchesVariables, boolean notesCallers) {
    this.watchesVariables = watchesVariables;
    this.notesCallers = notesCallers;
  }

  /// Starts to track a tensor that is not the result of a recorded operation.
  Node watch(Tensor tensor) {
    Node known = tables.byTensor.find(tensor);
    return known != null ? known : add(Node.source(tables.nodes.size(), tensor));
  }

  /// Tracks what was read if the variable is trainable.
  @Override
  public void read(Variable variable, Tensor value) {
    if (watchesVariables && variable.isTrainable()) {
      watch(variable, value);
    }
  }

  /// Tracks what was read from a variable. It has one node for each value that was read between two
  /// updates.
  void watch(Variable variable, Tensor value) {
    Node node = watch(value);
    Reading first = tables.reads.get(variable);
    if (first == null) {
      tables.reads.put(variable, new Reading(node));
    } else {
      first.add(node);
    }
  }

  /// Returns what was read from a variable, null if it was not read.
  @Nullable Reading reads(Variable variable) {
    return tables.reads.get(variable);
  }

  /// Returns the variables that are tracked, in the order of their first reading.
  List<Variable> variables() {
    return List.copyOf(tables.reads.keySet());
  }

  /// Notes an operation if one of its inputs is tracked: its result is tracked too, or a dead end
  /// where it has no derivative.
  @Override
  public void record(Op op, Tensor[] inputs, Tensor output) {
    @Nullable Node[] parents = null;
    for (int i = 0; i < inputs.length; i++) {
      Node parent = tables.byTensor.find(inputs[i]);
      if (parent != null) {
        if (parents == null) {
          parents = tables.parents.take(inputs.length);
        }
        parents[i] = parent;
      }
    }
    if (parents == null) {
      if (!tables.deadEnds.isEmpty()) {
        passOn(inputs, output);
      }
    } else if (output.dtype().isFloating() && !op.blocksGradients()) {
      if (notesCallers) {
        tables.callers.put(tables.nodes.size(), Caller.line());
      }
      // A copy, because the array is used again.
      Tensor[] copy = tables.inputs.take(inputs.length);
      System.arraycopy(inputs, 0, copy, 0, inputs.length);
      add(new Node(tables.nodes.size(), op, copy, parents, output));
    } else {
      String caller = notesCallers ? Caller.line() : "";
      DeadEnd.Blocker blocker = new DeadEnd.Blocker(op, output.spec(), caller);
      tables.deadEnds.put(output, new DeadEnd(blocker, parents, deadEnds(inputs)));
    }
  }

  /// Notes that a tensor was computed from dead ends, if it was.
  private void passOn(Tensor[] inputs, Tensor output) {
    List<DeadEnd> origins = deadEnds(inputs);
    if (!origins.isEmpty()) {
      tables.deadEnds.put(output, DeadEnd.from(origins));
    }
  }

  private List<DeadEnd> deadEnds(Tensor[] inputs) {
    List<DeadEnd> found = new ArrayList<>();
    for (Tensor input : inputs) {
      DeadEnd deadEnd = tables.deadEnds.get(input);
      if (deadEnd != null) {
        found.add(deadEnd);
      }
    }
    return found;
  }

  private Node add(Node node) {
    // First into the table, which may find no memory: what is listed can then be removed again.
    tables.byTensor.add(node);
    tables.nodes.add(node);
    return node;
  }

  @Override
  public boolean tracks(Tensor tensor) {
    return tables.byTensor.find(tensor) != null;
  }

  @Nullable Node find(Tensor tensor) {
    return tables.byTensor.find(tensor);
  }

  @Nullable DeadEnd findDeadEnd(Tensor tensor) {
    return tables.deadEnds.get(tensor);
  }

  boolean hasDeadEnds() {
    return !tables.deadEnds.isEmpty();
  }

  /// Lists what is recorded, with the names of variables.
  Listing listing() {
    Map<Integer, String> names = new HashMap<>();
    tables.reads.forEach((variable, first) -> {
      for (Reading read = first; read != null; read = read.next) {
        names.put(read.node.index(), variable.name());
      }
    });
    Listing listing = Listing.blank();
    for (Node node : tables.nodes) {
      Op op = node.op();
      if (op == null) {
        listing.name(node.output(), names.getOrDefault(node.index(), "watched"));
      } else {
        String caller = tables.callers.getOrDefault(node.index(), "");
        listing.add(op, node.inputs(), node.output(), caller);
      }
    }
    return listing;
  }

  Node get(int index) {
    return tables.nodes.get(index);
  }

  int size() {
    return tables.nodes.size();
  }

  /// Returns the tables, for a walk.
  TapeTables tables() {
    return tables;
  }

  void clear() {
    tables.clear();
  }

  /// Forgets the recording and lets another tape have the tables.
  void close() {
    tables.give();
  }
}
