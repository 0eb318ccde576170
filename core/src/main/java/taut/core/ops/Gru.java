package taut.core.ops;

import org.jspecify.annotations.Nullable;
import taut.core.Op;
import taut.core.Rearrangements;
import taut.core.Recorder;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.RecurrentKernels;

/// Runs gated recurrent units (Cho et al. 2014) over time, from a state of zeros, with the reset
/// after the product with the recurrent kernel, as in cuDNN and in Keras unless told otherwise.
///
/// Inputs: what the sequence contributes to the gates, x [steps, batch, 3 · units], the recurrent
/// kernel U [units, 3 · units], and a bias [2, 3 · units] if there is one, whose rows a and b are
/// those of input and state; result: the outputs h [steps, batch, units]. The gates stand in
/// Keras's order z (update), r (reset), h, the last called g here; p = h'·U + b:
///
/// ```text
/// z, r = sigmoid(x + a + p)   g = tanh(x + a + r∘p)   h': one step before
/// h = z∘h' + (1 - z)∘g
/// ```
///
/// Gates, and the part of p that belongs to g, are kept from the last run for the gradient, so an
/// op is made for each run; for another output they are computed again. Where somebody records the
/// backward walk, for a higher derivative, the gradient consists of ordinary operations
/// ([GruSteps]) and keeps nothing.
public final class Gru implements Op {
  /// What the last run computed on the way.
  private record Trace(Tensor output, Tensor gates, Tensor inner) {}

  private static final Recurrence SIZES = new Recurrence("gru", 3, 2);

  private @Nullable Trace trace;

  /// Makes an op for one run.
  public Gru() {}

  @Override
  public String label() {
    return SIZES.label();
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    return SIZES.infer(inputs);
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
    RecurrentKernels.active()
        .gru(
            SIZES.plan(shape),
            inputs[0].storage(),
            inputs[1].storage(),
            SIZES.bias(inputs).storage(),
            run.gates.storage(),
            run.inner.storage(),
            run.output.storage());
    trace = run;
    return run;
  }

  @Override
  public long flops(TensorSpec[] inputs, TensorSpec output) {
    return Recurrence.flops(inputs, output);
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    if (Recorder.active().isEmpty()) {
      Tensor x = Tensor.allocate(inputs[0].spec());
      Tensor p = Tensor.allocate(inputs[0].spec());
      gradient(inputs, output, cotangent, x, p);
      return switch (input) {
        case 0 -> x;
        case 1 -> Recurrence.kernelGradient(output, p, Tensor.allocate(inputs[1].spec()));
        default -> biasGradient(x, p, Tensor.allocate(inputs[2].spec()));
      };
    }
    GruSteps.Gradient gradient = steps(inputs, output).gradient(cotangent);
    return switch (input) {
      case 0 -> gradient.x();
      case 1 -> Recurrence.kernelGradient(output, gradient.p());
      default -> Rearrangements.stack(0, gradient.x().sum(0, 1), gradient.p().sum(0, 1));
    };
  }

  @Override
  public boolean derivesAtOnce() {
    return true;
  }

  @Override
  public void gradients(Tensor[] inputs, Tensor output, Tensor cotangent, Tensor[] gradients) {
    Tensor p = Tensor.allocate(inputs[0].spec());
    gradient(inputs, output, cotangent, gradients[0], p);
    Recurrence.kernelGradient(output, p, gradients[1]);
    if (gradients.length == 3) {
      biasGradient(gradients[0], p, gradients[2]);
    }
  }

  /// Writes the gradients of x and p.
  private void gradient(Tensor[] inputs, Tensor output, Tensor cotangent, Tensor x, Tensor p) {
    Trace run = trace;
    if (run == null || run.output != output) {
      run = run(inputs);
    }
    RecurrentKernels.active()
        .gruGradient(
            SIZES.plan(output.shape()),
            inputs[1].storage(),
            run.gates.storage(),
            run.inner.storage(),
            run.output.storage(),
            cotangent.storage(),
            x.storage(),
            p.storage());
  }

  /// Writes the sums of both gradients over steps and samples, one below the other.
  private static Tensor biasGradient(Tensor x, Tensor p, Tensor result) {
    int width = result.dim(1);
    Tensor row = Tensor.allocate(new TensorSpec(Shape.of(width), result.dtype()));
    Recurrence.biasGradient(x, row);
    result.storage().copyFrom(row.storage(), 0, 0, width);
    Recurrence.biasGradient(p, row);
    result.storage().copyFrom(row.storage(), 0, width, width);
    return result;
  }

  private static GruSteps steps(Tensor[] inputs, Tensor output) {
    return new GruSteps(inputs[0], inputs[1], SIZES.bias(inputs), output);
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    return steps(inputs, output).tangent(input, tangent);
  }
}
