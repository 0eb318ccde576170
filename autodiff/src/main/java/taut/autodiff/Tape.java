package taut.autodiff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
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
  private final List<Node> nodes = new ArrayList<>();
  private NodeTable byTensor = new NodeTable();
  private final Map<Variable, List<Node>> reads = new LinkedHashMap<>();

  /// What errors can say of tensors that are not tracked although they depend on tracked ones; they
  /// go when nobody holds the tensor.
  private final Map<Tensor, DeadEnd> deadEnds = new WeakHashMap<>();

  /// The lines of code that asked for operations, by index, if they are noted.
  private final Map<Integer, String> callers = new HashMap<>();

  Tape(boolean watchesVariables, boolean notesCallers) {
    this.watchesVariables = watchesVariables;
    this.notesCallers = notesCallers;
  }

  /// Starts to track a tensor that is not the result of a recorded operation.
  Node watch(Tensor tensor) {
    Node known = byTensor.find(tensor);
    return known != null ? known : add(Node.source(nodes.size(), tensor));
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
    List<Node> nodesOfVariable = reads.computeIfAbsent(variable, v -> new ArrayList<>());
    if (!nodesOfVariable.contains(node)) {
      nodesOfVariable.add(node);
    }
  }

  List<Node> reads(Variable variable) {
    return reads.getOrDefault(variable, List.of());
  }

  /// Returns the variables that are tracked, in the order of their first reading.
  List<Variable> variables() {
    return List.copyOf(reads.keySet());
  }

  /// Notes an operation if one of its inputs is tracked: its result is tracked too, or a dead end
  /// where it has no derivative.
  @Override
  public void record(Op op, Tensor[] inputs, Tensor output) {
    Node[] parents = null;
    for (int i = 0; i < inputs.length; i++) {
      Node parent = byTensor.find(inputs[i]);
      if (parent != null) {
        if (parents == null) {
          parents = new Node[inputs.length];
        }
        parents[i] = parent;
      }
    }
    if (parents == null) {
      if (!deadEnds.isEmpty()) {
        passOn(inputs, output);
      }
    } else if (output.dtype().isFloating() && !op.blocksGradients()) {
      if (notesCallers) {
        callers.put(nodes.size(), Caller.line());
      }
      // A copy, because the array may be the caller's own, who is free to use it again.
      add(new Node(nodes.size(), op, inputs.clone(), parents, output));
    } else {
      String caller = notesCallers ? Caller.line() : "";
      DeadEnd.Blocker blocker = new DeadEnd.Blocker(op, output.spec(), caller);
      deadEnds.put(output, new DeadEnd(blocker, parents, deadEnds(inputs)));
    }
  }

  /// Notes that a tensor was computed from dead ends, if it was.
  private void passOn(Tensor[] inputs, Tensor output) {
    List<DeadEnd> origins = deadEnds(inputs);
    if (!origins.isEmpty()) {
      deadEnds.put(output, DeadEnd.from(origins));
    }
  }

  private List<DeadEnd> deadEnds(Tensor[] inputs) {
    List<DeadEnd> found = new ArrayList<>();
    for (Tensor input : inputs) {
      DeadEnd deadEnd = deadEnds.get(input);
      if (deadEnd != null) {
        found.add(deadEnd);
      }
    }
    return found;
  }

  private Node add(Node node) {
    nodes.add(node);
    byTensor.add(node);
    return node;
  }

  @Override
  public boolean tracks(Tensor tensor) {
    return byTensor.find(tensor) != null;
  }

  @Nullable Node find(Tensor tensor) {
    return byTensor.find(tensor);
  }

  @Nullable DeadEnd findDeadEnd(Tensor tensor) {
    return deadEnds.get(tensor);
  }

  boolean hasDeadEnds() {
    return !deadEnds.isEmpty();
  }

  /// Lists what is recorded, with the names of variables.
  Listing listing() {
    Map<Integer, String> names = new HashMap<>();
    reads.forEach(
        (variable, read) -> read.forEach(node -> names.put(node.index(), variable.name())));
    Listing listing = Listing.blank();
    for (Node node : nodes) {
      Op op = node.op();
      if (op == null) {
        listing.name(node.output(), names.getOrDefault(node.index(), "watched"));
      } else {
        String caller = callers.getOrDefault(node.index(), "");
        listing.add(op, node.inputs(), node.output(), caller);
      }
    }
    return listing;
  }

  Node get(int index) {
    return nodes.get(index);
  }

  int size() {
    return nodes.size();
  }

  void clear() {
    nodes.clear();
    byTensor = new NodeTable();
    reads.clear();
    deadEnds.clear();
    callers.clear();
  }
}
