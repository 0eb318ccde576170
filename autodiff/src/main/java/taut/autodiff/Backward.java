package taut.autodiff;

import java.util.List;
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

  /// The cotangent of each node so far, by index; null where nothing has arrived.
  private final @Nullable Tensor[] cotangents;

  /// Whether the node is one whose gradient was asked for.
  private final boolean[] isSource;

  /// Whether the cotangent is a sum made here, to which more may be added in place.
  private final boolean[] owned;

  /// How many contributions a needed node may get: where there are several, they add up in a buffer
  /// of the walk's own.
  private final int[] uses;

  /// In-place sums cannot be recorded; where somebody records the walk, for a higher derivative,
  /// each sum is a new tensor.
  private final boolean recorded = !Recorder.active().isEmpty();

  private final EarlyReturn buffers;

  private Backward(Tape tape, int size, boolean once) {
    this.tape = tape;
    this.buffers = once && !recorded ? EarlyReturn.begin() : EarlyReturn.never();
    this.cotangents = new Tensor[size];
    this.isSource = new boolean[size];
    this.owned = new boolean[size];
    this.uses = new int[size];
  }

  /// A tensor to begin at, and its cotangent.
  record Start(Node target, Tensor cotangent) {}

  /// Returns the gradient with respect to each source node, null where no target depends on it.
  ///
  /// @param once whether no walk with the same cotangents follows
  static @Nullable Tensor[] walk(
      Tape tape, List<Start> starts, List<@Nullable Node> sources, boolean once) {
    int last = starts.stream().mapToInt(start -> start.target.index()).max().orElse(-1);
    Backward walk = new Backward(tape, last + 1, once);
    boolean[] needed = walk.needed(sources);
    starts.forEach(start -> walk.add(start.target.index(), start.cotangent));
    for (int i = last; i >= 0; i--) {
      Tensor arrived = walk.cotangents[i];
      if (arrived != null && needed[i]) {
        walk.send(tape.get(i), arrived, needed);
        if (!walk.isSource[i]) {
          walk.passedOn(i, arrived);
        }
        walk.buffers.sweep();
      }
    }
    return walk.gradients(sources);
  }

  private @Nullable Tensor[] gradients(List<@Nullable Node> sources) {
    @Nullable Tensor[] gradients = new Tensor[sources.size()];
    for (int i = 0; i < gradients.length; i++) {
      Node source = sources.get(i);
      if (source != null && source.index() < cotangents.length) {
        gradients[i] = cotangents[source.index()];
      }
    }
    for (Tensor held : cotangents) {
      if (held != null) {
        buffers.release(held);
      }
    }
    return gradients;
  }

  /// Forgets a cotangent: the pool, or the garbage collector, may have it while the walk goes on.
  private void passedOn(int index, Tensor cotangent) {
    cotangents[index] = null;
    buffers.drop(cotangent);
  }

  /// Marks the nodes that depend on a source, the only ones whose cotangents matter.
  private boolean[] needed(List<@Nullable Node> sources) {
    for (Node source : sources) {
      if (source != null && source.index() < isSource.length) {
        isSource[source.index()] = true;
      }
    }
    boolean[] needed = isSource.clone();
    for (int i = 0; i < needed.length; i++) {
      for (Node parent : tape.get(i).parents()) {
        if (parent != null && needed[parent.index()]) {
          needed[i] = true;
          uses[parent.index()]++;
        }
      }
    }
    return needed;
  }

  private void send(Node node, Tensor cotangent, boolean[] needed) {
    Op op = node.op();
    if (op == null || (op.derivesAtOnce() && sendAtOnce(node, op, cotangent, needed))) {
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

  /// Lets the op find the gradients of all its inputs in one pass, if all are needed and none has
  /// arrived in part.
  private boolean sendAtOnce(Node node, Op op, Tensor cotangent, boolean[] needed) {
    int[] parents = new int[node.parents().length];
    for (int i = 0; i < parents.length; i++) {
      Node parent = node.parents()[i];
      if (recorded
          || parent == null
          || !needed[parent.index()]
          || cotangents[parent.index()] != null
          || contains(parents, i, parent.index())) {
        return false;
      }
      parents[i] = parent.index();
    }
    Tensor[] gradients = new Tensor[parents.length];
    for (int i = 0; i < parents.length; i++) {
      gradients[i] = Tensor.allocate(node.inputs()[i].spec());
      put(parents[i], gradients[i]);
      owned[parents[i]] = true;
    }
    op.gradients(node.inputs(), node.output(), cotangent, gradients);
    return true;
  }

  private static boolean contains(int[] numbers, int count, int wanted) {
    for (int i = 0; i < count; i++) {
      if (numbers[i] == wanted) {
        return true;
      }
    }
    return false;
  }

  /// Lets the op put its contribution where contributions add up, if it can; this saves a buffer
  /// and a pass over memory.
  private boolean accumulate(Node node, Op op, int input, Tensor cotangent, int parent) {
    Tensor sum = cotangents[parent];
    boolean add = sum != null;
    if (recorded
        || (add ? !owned[parent] : uses[parent] < 2)
        || !op.accumulates(input, node.inputs(), add)) {
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
