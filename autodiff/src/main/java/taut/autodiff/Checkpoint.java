package taut.autodiff;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import taut.core.Op;
import taut.core.Recorder;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Trades time for memory: runs a part of a computation without recording it, and runs it again
/// when its gradient is wanted.
///
/// A tape then holds the inputs and the output of the part and nothing in between (Chen et al.
/// 2016). The function must be pure; trainable variables that it reads, and watched tensors that it
/// uses besides its arguments, receive their gradients like everywhere else.
public final class Checkpoint {
  private Checkpoint() {}

  /// Runs a function of some tensors as one operation of the recording.
  public static Tensor of(Function<List<Tensor>, Tensor> function, Tensor... inputs) {
    Borrowed borrowed = new Borrowed(Recorder.active());
    Tensor output =
        Recorder.unheard(() -> {
          Recorder.start(borrowed);
          try {
            return function.apply(List.of(inputs));
          } finally {
            Recorder.stop(borrowed);
          }
        });
    // A tensor given twice, or one read from a variable that the function reads too, is one input:
    // its gradient is that of all its places together.
    Set<Tensor> all = new LinkedHashSet<>(List.of(inputs));
    all.addAll(borrowed.all());
    List<Tensor> distinct = List.copyOf(all);
    int[] arguments = Stream.of(inputs).mapToInt(distinct::indexOf).toArray();
    return new Segment(function, arguments, output).apply(distinct.toArray(Tensor[]::new));
  }

  /// The part as an operation: its inputs are the function's, followed by what else it uses, each
  /// tensor once.
  private static final class Segment implements Op {
    private final Function<List<Tensor>, Tensor> function;

    /// Which inputs are the function's arguments, in order.
    private final int[] arguments;

    private final Tensor output;
    private @Nullable Tensor pulledBack;

    /// The recorders that heard how the gradients came about.
    private List<Recorder> heard = List.of();

    private @Nullable Tensor[] gradients = {};

    Segment(Function<List<Tensor>, Tensor> function, int[] arguments, Tensor output) {
      this.function = function;
      this.arguments = arguments;
      this.output = output;
    }

    @Override
    public String label() {
      return "checkpoint";
    }

    @Override
    public TensorSpec infer(TensorSpec... inputs) {
      return output.spec();
    }

    @Override
    public Tensor run(TensorSpec spec, Tensor... inputs) {
      return Tensor.sharing(output, output.shape());
    }

    /// Recomputes once for all inputs: the walk asks for one input after the other, with the same
    /// cotangent. Each gradient is handed out once, and to a walk that the same tapes record:
    /// another tape would not know how it came about.
    @Override
    public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
      List<Recorder> hearing = Recorder.active();
      boolean known = pulledBack == cotangent && heard.equals(hearing);
      Tensor gradient = known ? gradients[input] : null;
      if (gradient == null) {
        List<Tensor> fresh = recompute(inputs, cotangent);
        gradient = fresh.get(input);
        gradients = fresh.toArray(Tensor[]::new);
        pulledBack = cotangent;
        heard = hearing;
      }
      gradients[input] = null;
      return gradient;
    }

    private List<Tensor> recompute(Tensor[] inputs, Tensor cotangent) {
      for (Tensor input : inputs) {
        // Fails for a variable that was updated since: the function would read its new value.
        input.storage();
      }
      try (GradientTape tape = new GradientTape()) {
        List<Tensor> sources = List.of(inputs);
        sources.stream().filter(x -> x.dtype().isFloating()).forEach(tape::watch);
        Tensor again = run(inputs);
        return tape.gradients(again, cotangent, sources, Unconnected.ZERO);
      }
    }

    @Override
    public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
      try (ForwardAccumulator forward = new ForwardAccumulator()) {
        // What the function uses besides its arguments is the very same tensor again.
        forward.watch(inputs[input], tangent);
        return forward.jvp(run(inputs), Unconnected.ZERO);
      }
    }

    private Tensor run(Tensor[] inputs) {
      return function.apply(Arrays.stream(arguments).mapToObj(i -> inputs[i]).toList());
    }
  }
}
