package taut.autodiff;

import org.jspecify.annotations.Nullable;
import taut.core.EarlyReturn;
import taut.core.Op;
import taut.core.Recorder;
import taut.core.Tensor;
import taut.core.kernels.Kernels;

/// The backward walk: the chain rule over a recording.
///
/// The nodes are visited from the target back to the first source. When a node is reached, every
/// operation that used its tensor has been visited already, so its cotangent, the gradient of the
/// target with respect to it, is complete; the operation's [Op#vjp] then sends it on to the node's
/// parents, where contributions add up. The walk is a loop, so depth costs no stack.
///
/// Inside a memory scope, a cotangent's buffer goes back to the pool once it has been passed on,
/// and what a [Op#vjp] made on the way once it has answered. So a walk needs little more than the
/// recording and the gradients, and the most memory is in use when it begins.
final class Backward {
  private final Tape tape;
  private final int size;
  private final WalkTables tables;
  private final @Nullable Tensor[] cotangents;
  private final boolean[] isSource;
  private final boolean[] needed;
  private final boolean[] owned;

  /// In-place sums cannot be recorded; where somebody records the walk, for a higher derivative,
  /// each sum is a new tensor.
  private final boolean recorded = !Recorder.active().isEmpty();

  private final EarlyReturn buffers;

  /// The last node to begin at.
  private int last = -1;

  /// Prepares a walk: then come [#begin] and [#want], [#run], [#gradient], and [#end].
  ///
  /// @param once whether no walk with the same cotangents follows
  Backward(Tape tape, boolean once) {
    this.tape = tape;
    this.size = tape.size();
    this.buffers = once && !recorded ? EarlyReturn.begin() : EarlyReturn.never();
    this.tables = tape.tables().takeWalk(size);
    this.cotangents = tables.cotangents;
    this.isSource = tables.isSource;
    this.needed = tables.needed;
    this.owned = tables.owned;
  }

  /// Begins at a target, also, with its cotangent.
  void begin(Node target, Tensor cotangent) {
    last = Math.max(last, target.index());
    add(target.index(), cotangent);
  }

  /// Asks for the gradient with respect to a node.
  void want(Node source) {
    isSource[source.index()] = true;
  }

  /// Walks.
  void run() {
    markNeeded();
    for (int i = last; i >= 0; i--) {
      Tensor arrived = cotangents[i];
      if (arrived != null && needed[i]) {
        send(tape.get(i), arrived);
        if (!isSource[i]) {
          passedOn(i, arrived);
        }
        buffers.sweep();
      }
    }
  }

  /// Returns the gradient with respect to a node that was asked for, null where no target depends
  /// on it.
  @Nullable Tensor gradient(Node source) {
    return cotangents[source.index()];
  }

  /// Ends the walk.
  void end() {
    for (int i = 0; i < size; i++) {
      Tensor held = cotangents[i];
      if (held != null) {
        buffers.release(held);
      }
    }
    tables.clear(size);
    tape.tables().give(tables);
  }

  /// Forgets a cotangent: the pool, or the garbage collector, may have it while the walk goes on.
  private void passedOn(int index, Tensor cotangent) {
    cotangents[index] = null;
    buffers.drop(cotangent);
  }

  /// Marks the nodes that depend on a source, the only ones whose cotangents matter.
  private void markNeeded() {
    for (int i = 0; i <= last; i++) {
      needed[i] = isSource[i];
      for (Node parent : tape.get(i).parents()) {
        if (parent != null && needed[parent.index()]) {
          needed[i] = true;
          break;
        }
      }
    }
  }

  private void send(Node node, Tensor cotangent) {
    Op op = node.op();
    if (op == null || (op.derivesAtOnce() && sendAtOnce(node, op, cotangent))) {
      return;
    }
    for (int i = 0; i < node.parents().length; i++) {
      Node parent = node.parents()[i];
      if (parent == null || !needed[parent.index()]) {
        continue;
      }
      if (!accumulate(node, op, i, cotangent, parent.index())) {
        Tensor contribution = op.vjp(i, node.inputs(), node.output(), cotangent);
        check(op, i, node.inputs()[i], contribution);
        add(parent.index(), contribution);
      }
    }
  }

  /// Lets the op find the gradients of all its inputs in one pass, if none that is needed has
  /// arrived in part. Those that are not needed are dropped: one pass costs less than one for each
  /// of the others.
  private boolean sendAtOnce(Node node, Op op, Tensor cotangent) {
    @Nullable Node[] parents = node.parents();
    if (recorded) {
      return false;
    }
    for (int i = 0; i < parents.length; i++) {
      Node parent = parents[i];
      if (parent != null
          && needed[parent.index()]
          && (cotangents[parent.index()] != null || contains(parents, i, parent))) {
        return false;
      }
    }
    Tensor[] gradients = tape.tables().inputs.take(parents.length);
    for (int i = 0; i < parents.length; i++) {
      gradients[i] = Tensor.allocate(node.inputs()[i].spec());
      Node parent = parents[i];
      if (parent != null && needed[parent.index()]) {
        put(parent.index(), gradients[i]);
        owned[parent.index()] = true;
      }
    }
    op.gradients(node.inputs(), node.output(), cotangent, gradients);
    tape.tables().inputs.give(gradients);
    return true;
  }

  private static boolean contains(@Nullable Node[] nodes, int count, Node wanted) {
    for (int i = 0; i < count; i++) {
      if (nodes[i] == wanted) {
        return true;
      }
    }
    return false;
  }

  /// Lets the op put its contribution where contributions add up, if it can: where it is one of
  /// several, this saves a buffer and a pass over memory.
  private boolean accumulate(Node node, Op op, int input, Tensor cotangent, int parent) {
    Tensor sum = cotangents[parent];
    boolean add = sum != null;
    if (recorded || (add && !owned[parent]) || !op.accumulates(input, node.inputs(), add)) {
      return false;
    }
    if (sum == null) {
      sum = Tensor.allocate(node.inputs()[input].spec());
      put(parent, sum);
      owned[parent] = true;
    }
    op.accumulate(input, node.inputs(), node.output(), cotangent, sum, add);
    return true;
  }

  private static void check(Op op, int input, Tensor x, Tensor contribution) {
    if (x.dtype() != contribution.dtype() || !x.shape().equals(contribution.shape())) {
      throw new IllegalStateException(
          op.label()
              + ": the gradient of input "
              + input
              + " must be like the input "
              + x.spec()
              + ", but vjp returned "
              + contribution.spec());
    }
  }

  private void add(int index, Tensor contribution) {
    Tensor sum = cotangents[index];
    if (sum == null) {
      put(index, contribution);
    } else if (owned[index]) {
      Kernels.active().addInPlace(contribution.storage(), sum.storage());
    } else {
      put(index, sum.add(contribution));
      buffers.drop(sum);
      owned[index] = !recorded;
    }
  }

  private void put(int index, Tensor cotangent) {
    cotangents[index] = cotangent;
    buffers.hold(cotangent);
  }
}
