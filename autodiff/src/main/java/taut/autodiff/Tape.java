package taut.autodiff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import taut.core.Op;
import taut.core.Recorder;
import taut.core.Tensor;

/// The recording itself: the tracked tensors in the order in which they came about, which is a
/// topological order of the graph.
final class Tape implements Recorder {
  private final boolean watchesVariables;
  private final boolean records;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Tensor, Node> byTensor = new HashMap<>();
  private final Map<Variable, List<Node>> reads = new LinkedHashMap<>();

  Tape(boolean watchesVariables) {
    this(watchesVariables, true);
  }

  private Tape(boolean watchesVariables, boolean records) {
    this.watchesVariables = watchesVariables;
    this.records = records;
  }

  /// Returns a tape that notes which variables are read, and no operations.
  static Tape ofReads() {
    return new Tape(true, false);
  }

  /// Starts to track a tensor that is not the result of a recorded operation.
  Node watch(Tensor tensor) {
    Node known = byTensor.get(tensor);
    return known != null ? known : add(Node.source(nodes.size(), tensor));
  }

  /// Hears that a variable was read, and tracks what was read if it is trainable.
  void read(Variable variable, Tensor value) {
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

  /// Notes an operation if it has a derivative and one of its inputs is tracked.
  @Override
  public void record(Op op, Tensor[] inputs, Tensor output) {
    if (!records || !output.dtype().isFloating() || op.blocksGradients()) {
      return;
    }
    Node[] parents = null;
    for (int i = 0; i < inputs.length; i++) {
      Node parent = byTensor.get(inputs[i]);
      if (parent != null) {
        if (parents == null) {
          parents = new Node[inputs.length];
        }
        parents[i] = parent;
      }
    }
    if (parents != null) {
      // A copy, because the array may be the caller's own, who is free to use it again.
      add(new Node(nodes.size(), op, inputs.clone(), parents, output));
    }
  }

  private Node add(Node node) {
    nodes.add(node);
    byTensor.put(node.output(), node);
    return node;
  }

  @Nullable Node find(Tensor tensor) {
    return byTensor.get(tensor);
  }

  Node get(int index) {
    return nodes.get(index);
  }

  int size() {
    return nodes.size();
  }

  void clear() {
    nodes.clear();
    byTensor.clear();
    reads.clear();
  }
}
