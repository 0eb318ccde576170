package taut.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import taut.core.Op;
import taut.core.Recorder;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Trades time for memory: runs a part of a computation without recording it, and runs it again
/// when its gradient is wanted.
///
/// A tape then holds the inputs and the output of the part and nothing in between (Chen et al.
/// 2016). The function must be pure; trainable variables that it reads receive their gradients like
/// everywhere else.
public final class Checkpoint {
  private Checkpoint() {}

  /// Runs a function of some tensors as one operation of the recording.
  public static Tensor of(Function<List<Tensor>, Tensor> function, Tensor... inputs) {
    Tape reads = new Tape(true);
    Tensor output =
        Recorder.unheard(() -> {
          Recorder.start(reads);
          try {
            return function.apply(List.of(inputs));
          } finally {
            Recorder.stop(reads);
          }
        });
    List<Tensor> all = new ArrayList<>(List.of(inputs));
    reads.variables().forEach(variable -> all.add(variable.value()));
    Segment segment = new Segment(function, inputs.length, reads.variables(), output);
    return segment.apply(all.toArray(Tensor[]::new));
  }

  /// The part as an operation: its inputs are the function's, followed by the values of the
  /// variables that it reads.
  private static final class Segment implements Op {
    private final Function<List<Tensor>, Tensor> function;
    private final int arguments;
    private final List<Variable> variables;
    private final Tensor output;
    private @Nullable Tensor pulledBack;
    private @Nullable Tensor[] gradients = {};

    Segment(
        Function<List<Tensor>, Tensor> function,
        int arguments,
        List<Variable> variables,
        Tensor output) {
      this.function = function;
      this.arguments = arguments;
      this.variables = variables;
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
    /// cotangent. Each gradient is handed out once, since another walk may be recorded by other
    /// tapes.
    @Override
    public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
      Tensor gradient = pulledBack == cotangent ? gradients[input] : null;
      if (gradient == null) {
        List<Tensor> fresh = recompute(inputs, cotangent);
        gradient = fresh.get(input);
        gradients = fresh.toArray(Tensor[]::new);
        pulledBack = cotangent;
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
        Tensor again = function.apply(sources.subList(0, arguments));
        return tape.gradients(again, cotangent, sources, Unconnected.ZERO);
      }
    }

    @Override
    public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
      try (ForwardAccumulator forward = new ForwardAccumulator()) {
        if (input < arguments) {
          forward.watch(inputs[input], tangent);
        } else {
          forward.watch(variables.get(input - arguments), tangent);
        }
        return forward.jvp(function.apply(List.of(inputs).subList(0, arguments)));
      }
    }
  }
}
