package taut.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs the current thread's operations: infer, run, tell the recorders. Every operation passes
/// here.
///
/// There is one dispatcher a thread, which also holds the thread's buffer pool and its innermost
/// memory scope, so that an operation looks up thread-local state once.
final class Dispatcher {
  private static final ThreadLocal<Dispatcher> CURRENT = ThreadLocal.withInitial(Dispatcher::new);

  final BufferPool pool = new BufferPool();
  final IntBuffers integers = new IntBuffers();

  /// What the inputs of an operation and their specs stand in while it runs.
  private final SpareArrays<Tensor> inputs = new SpareArrays<>(Tensor[]::new);

  private final SpareArrays<TensorSpec> specs = new SpareArrays<>(TensorSpec[]::new);

  @Nullable MemoryScope scope;

  /// Lists of closed memory scopes, for those that are opened next.
  private final ArrayDeque<List<FloatStorage>> lists = new ArrayDeque<>();

  /// A list that has grown longer than this is left to the garbage collector.
  private static final int LONGEST_LIST = 1 << 16;

  /// Whether squares and absolute values wait until somebody needs them, see [Tensor#fusing].
  boolean fuses;

  /// Stands where no recorder does: a stopped tape left there would keep all that it recorded
  /// alive.
  private static final Recorder NONE = (op, inputs, output) -> {};

  private Recorder[] recorders = {NONE, NONE, NONE, NONE};

  /// How many recorders there are, and how many of them hear: fewer while a recorder or an op is at
  /// work. One that starts meanwhile takes its place behind those that hear.
  private int started;

  private int hearing;

  static Dispatcher current() {
    return CURRENT.get();
  }

  List<FloatStorage> takeList() {
    List<FloatStorage> list = lists.pollLast();
    return list != null ? list : new ArrayList<>();
  }

  void giveList(List<FloatStorage> list) {
    if (list.size() <= LONGEST_LIST) {
      list.clear();
      lists.addLast(list);
    }
  }

  /// Runs an operation on the tensors up to the first that is null.
  Tensor run(Op op, Tensor x, @Nullable Tensor y, @Nullable Tensor z) {
    Tensor[] inputs = this.inputs.take(y == null ? 1 : z == null ? 2 : 3);
    inputs[0] = x;
    if (y != null) {
      inputs[1] = y;
    }
    if (z != null) {
      inputs[2] = z;
    }
    Tensor output = run(op, inputs);
    // After an error somebody may still look at them.
    this.inputs.give(inputs);
    return output;
  }

  private TensorSpec infer(Op op, Tensor[] inputs) {
    TensorSpec[] specs = this.specs.take(inputs.length);
    for (int i = 0; i < inputs.length; i++) {
      TensorSpec spec = inputs[i].spec();
      if (specs[i] != spec) {
        specs[i] = spec;
      }
    }
    TensorSpec spec = op.infer(specs);
    this.specs.giveFull(specs);
    return spec;
  }

  Tensor run(Op op, Tensor... inputs) {
    TensorSpec spec = infer(op, inputs);
    int before = hearing;
    if (before == 0) {
      return checked(op, spec, op.run(spec, inputs));
    }
    // Recorders that are started or stopped meanwhile, by an op that differentiates inside, count
    // when it is over.
    int others = started - before;
    hearing = 0;
    try {
      for (int i = 0; i < before; i++) {
        recorders[i].begin(op);
      }
      Tensor output = distinct(checked(op, spec, op.run(spec, inputs)), inputs);
      // From the bottom: what a recorder does is heard by those below it, which must know of the op
      // by then.
      for (int i = 0; i < started - others; i++) {
        hearing = i;
        recorders[i].record(op, inputs, output);
      }
      return output;
    } finally {
      hearing = started - others;
    }
  }

  /// Holds an op to its word, so that a mistake in a user's op shows where it was made.
  private static Tensor checked(Op op, TensorSpec promised, Tensor output) {
    if (output.spec() != promised && !output.spec().equals(promised)) {
      throw new IllegalStateException(
          op.label() + ": infer promised " + promised + ", but run returned " + output.spec());
    }
    return output;
  }

  /// Returns the output as a tensor of its own where an op passes on its input: a recorder must be
  /// able to tell them apart.
  private static Tensor distinct(Tensor output, Tensor[] inputs) {
    for (Tensor input : inputs) {
      if (input == output) {
        return Tensor.sharing(output, output.shape());
      }
    }
    return output;
  }

  void start(Recorder recorder) {
    start(recorder, hearing);
  }

  void start(Recorder recorder, int wanted) {
    int place = Math.min(wanted, hearing);
    if (started == recorders.length) {
      recorders = Arrays.copyOf(recorders, 2 * started);
    }
    System.arraycopy(recorders, place, recorders, place + 1, started - place);
    recorders[place] = recorder;
    hearing++;
    started++;
  }

  /// Returns the place that the recorder had, or 0 if it did not hear.
  int stop(Recorder recorder) {
    for (int i = started - 1; i >= 0; i--) {
      if (recorders[i] == recorder) {
        System.arraycopy(recorders, i + 1, recorders, i, started - i - 1);
        recorders[--started] = NONE;
        if (i < hearing) {
          hearing--;
        }
        return i;
      }
    }
    return 0;
  }

  <T> T unheard(Supplier<T> work) {
    int others = started - hearing;
    hearing = 0;
    try {
      return work.get();
    } finally {
      hearing = started - others;
    }
  }

  List<Recorder> active() {
    return switch (hearing) {
      case 0 -> List.of();
      case 1 -> List.of(recorders[0]);
      default -> List.of(Arrays.copyOf(recorders, hearing));
    };
  }
}
