package taut.autodiff;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import taut.core.SpareArrays;
import taut.core.Tensor;

/// What a tape writes its recording into. Each thread keeps the tables of tapes that were closed
/// for the next ones: the steps of a training loop record alike, so nothing has to grow any more.
final class TapeTables {
  /// Tables of longer recordings are left to the garbage collector.
  private static final int LONGEST = 1 << 16;

  private static final ThreadLocal<Deque<TapeTables>> SPARE =
      ThreadLocal.withInitial(ArrayDeque::new);

  /// The recording, in order.
  final List<Node> nodes = new ArrayList<>();

  final NodeTable byTensor = new NodeTable();

  /// Where each variable was read, in the order of the first readings.
  final Map<Variable, Reading> reads = new LinkedHashMap<>();

  /// What errors can say of tensors that are not tracked although they depend on tracked ones; they
  /// go when nobody holds the tensor.
  final Map<Tensor, DeadEnd> deadEnds = new WeakHashMap<>();

  /// The lines of code that asked for operations, by index, if they are noted.
  final Map<Integer, String> callers = new HashMap<>();

  /// Where the inputs and parents of nodes stand.
  final SpareArrays<Tensor> inputs = new SpareArrays<>(Tensor[]::new);

  final SpareArrays<@Nullable Node> parents = new SpareArrays<>(Node[]::new);

  /// Variables that have been dealt with while gradients are put together.
  final Set<Variable> done = new HashSet<>();

  /// What backward walks write into, but for those under way.
  private final Deque<WalkTables> walks = new ArrayDeque<>();

  /// The length of the longest recording that has been here: tables do not shrink.
  private int longest;

  private TapeTables() {}

  /// Returns empty tables.
  static TapeTables take() {
    TapeTables tables = SPARE.get().pollLast();
    return tables != null ? tables : new TapeTables();
  }

  /// Keeps these tables for another tape of this thread.
  void give() {
    clear();
    if (longest <= LONGEST) {
      SPARE.get().addLast(this);
    }
  }

  /// Empties the tables.
  void clear() {
    longest = Math.max(longest, nodes.size());
    byTensor.remove(nodes);
    for (Node node : nodes) {
      inputs.give(node.inputs());
      parents.give(node.parents());
    }
    nodes.clear();
    reads.clear();
    deadEnds.clear();
    callers.clear();
    done.clear();
  }

  /// Returns the tables of a walk over so many nodes.
  WalkTables takeWalk(int size) {
    WalkTables spare = walks.pollLast();
    return spare != null && spare.length() >= size ? spare : new WalkTables(size);
  }

  /// Keeps the tables of a walk that is over.
  void give(WalkTables walk) {
    walks.addLast(walk);
  }
}
