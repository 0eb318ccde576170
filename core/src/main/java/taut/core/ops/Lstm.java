package taut.core.ops;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import taut.core.Op;
import taut.core.Recorder;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.Kernels;
import taut.core.kernels.LstmPlan;

/// Runs a long short-term memory (Hochreiter and Schmidhuber 1997; forget gates: Gers, Schmidhuber
/// and Cummins 2000) over time, from a state of zeros.
///
/// Inputs: what the sequence contributes to the gates, z [steps, batch, 4 · units], the recurrent
/// kernel U [units, 4 · units], and a bias b [4 · units] if there is one; result: the outputs h
/// [steps, batch, units]. The gates stand in Keras's order i, f, c, o; with the cells called s:
///
/// ```text
/// i, f, o = sigmoid(z + b + h'·U)   g = tanh(z + b + h'·U)   h', s': one step before
/// s = f∘s' + i∘g                    h = o∘tanh(s)
/// ```
///
/// Gates and cells, which the gradient needs, are kept from the last run, so an op is made for each
/// run; for another output they are computed again. Where somebody records the backward walk, for a
/// higher derivative, the gradient consists of ordinary operations ([LstmSteps]) and keeps nothing.
public final class Lstm implements Op {
  /// What the last run computed on the way.
  private record Trace(Tensor output, Tensor gates, Tensor cells) {}

  private @Nullable Trace trace;

  /// Makes an op for one run.
  public Lstm() {}

  @Override
  public String label() {
    return "lstm";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    Shape z = inputs[0].shape();
    Shape kernel = inputs[1].shape();
    Elementwise.sameDType(label(), inputs[0], inputs[1]);
    boolean hasBias = inputs.length == 3;
    boolean biasFits =
        !hasBias
            || (inputs[2].dtype() == inputs[0].dtype()
                && inputs[2].shape().rank() == 1
                && inputs[2].shape().dim(0) == z.dim(-1));
    boolean fits =
        inputs[0].dtype().isFloating()
            && z.rank() == 3
            && kernel.rank() == 2
            && kernel.dim(1) == 4L * kernel.dim(0)
            && kernel.dim(1) == z.dim(2)
            && biasFits;
    if (!fits) {
      throw new IllegalArgumentException(
          "lstm: wants pre-activations [steps, batch, 4 · units], a recurrent kernel [units, 4 ·"
              + " units] and, if any, a bias [4 · units], got "
              + Arrays.toString(inputs));
    }
    return new TensorSpec(z.with(2, kernel.dim(0)), inputs[0].dtype());
  }

  private static LstmPlan plan(Shape output) {
    return new LstmPlan(output.dim(0), output.dim(1), output.dim(2));
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    return run(inputs).output;
  }

  private Trace run(Tensor... inputs) {
    Shape shape = inputs[0].shape().with(2, inputs[1].dim(0));
    TensorSpec spec = new TensorSpec(shape, inputs[0].dtype());
    Trace run =
        new Trace(Tensor.allocate(spec), Tensor.allocate(inputs[0].spec()), Tensor.allocate(spec));
    Kernels.active()
        .lstm(
            plan(spec.shape()),
            inputs[0].storage(),
            inputs[1].storage(),
            bias(inputs).storage(),
            run.gates.storage(),
            run.cells.storage(),
            run.output.storage());
    trace = run;
    return run;
  }

  private static Tensor bias(Tensor... inputs) {
    return inputs.length == 3
        ? inputs[2]
        : Tensor.full(Shape.of(inputs[1].dim(1)), 0, inputs[1].dtype());
  }

  /// Two products for each multiplication with the recurrent kernel; the gates do not count.
  @Override
  public long flops(TensorSpec[] inputs, TensorSpec output) {
    return 2L * output.shape().size() * inputs[1].shape().dim(1);
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    if (Recorder.active().isEmpty()) {
      Tensor z = Tensor.allocate(inputs[0].spec());
      gradient(inputs, output, cotangent, z);
      return switch (input) {
        case 0 -> z;
        case 1 -> kernelGradient(output, z, Tensor.allocate(inputs[1].spec()));
        default -> biasGradient(z, Tensor.allocate(inputs[2].spec()));
      };
    }
    Tensor z = new LstmSteps(inputs[0].add(bias(inputs)), inputs[1]).gradient(cotangent);
    return switch (input) {
      case 0 -> z;
      case 1 -> kernelGradient(output, z);
      default -> z.sum(0, 1);
    };
  }

  @Override
  public boolean derivesAtOnce() {
    return true;
  }

  @Override
  public void gradients(Tensor[] inputs, Tensor output, Tensor cotangent, Tensor[] gradients) {
    gradient(inputs, output, cotangent, gradients[0]);
    kernelGradient(output, gradients[0], gradients[1]);
    if (gradients.length == 3) {
      biasGradient(gradients[0], gradients[2]);
    }
  }

  /// Writes the gradient of the pre-activations.
  private void gradient(Tensor[] inputs, Tensor output, Tensor cotangent, Tensor result) {
    Trace run = trace;
    if (run == null || run.output != output) {
      run = run(inputs);
    }
    Kernels.active()
        .lstmGradient(
            plan(output.shape()),
            inputs[1].storage(),
            run.gates.storage(),
            run.cells.storage(),
            cotangent.storage(),
            result.storage());
  }

  /// Returns the sum over steps of h'ᵀ·(gradient of z), as one product.
  private static Tensor kernelGradient(Tensor h, Tensor z) {
    int steps = h.dim(0);
    int last = Math.max(0, steps - 1);
    Tensor before = h.slice(0, 0, last).reshape(last * h.dim(1), h.dim(2));
    Tensor after = z.slice(0, steps - last, steps).reshape(last * z.dim(1), z.dim(2));
    return before.matmul(after, true, false);
  }

  /// Writes the same without copies of the slices.
  private static Tensor kernelGradient(Tensor h, Tensor z, Tensor result) {
    int rows = Math.max(0, h.dim(0) - 1) * h.dim(1);
    int second = rows == 0 ? 0 : h.dim(1) * z.dim(2);
    Kernels.active()
        .matmul(
            h.dim(2),
            z.dim(2),
            rows,
            h.storage(),
            0,
            true,
            z.storage(),
            second,
            false,
            result.storage(),
            0,
            false);
    return result;
  }

  /// Writes the sums of the gradient of z over steps and samples.
  private static Tensor biasGradient(Tensor z, Tensor result) {
    Kernels.active()
        .reduce(Reduction.SUM, z.storage(), result.storage(), 1, z.dim(0) * z.dim(1), z.dim(2));
    return result;
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    LstmSteps steps = new LstmSteps(inputs[0].add(bias(inputs)), inputs[1]);
    return input == 2
        ? steps.tangent(0, tangent.broadcastTo(inputs[0].shape()))
        : steps.tangent(input, tangent);
  }
}
