package taut.core.ops;

import org.jspecify.annotations.Nullable;
import taut.core.Op;
import taut.core.Recorder;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.RecurrentKernels;

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

  private static final Recurrence SIZES = new Recurrence("lstm", 4, 1);

  private @Nullable Trace trace;

  /// Makes an op for one run.
  public Lstm() {}

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
        .lstm(
            SIZES.plan(spec.shape()),
            inputs[0].storage(),
            inputs[1].storage(),
            SIZES.bias(inputs).storage(),
            run.gates.storage(),
            run.cells.storage(),
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
      Tensor z = Tensor.allocate(inputs[0].spec());
      gradient(inputs, output, cotangent, z);
      return Recurrence.gradient(input, inputs, output, z);
    }
    Tensor z = new LstmSteps(inputs[0].add(SIZES.bias(inputs)), inputs[1]).gradient(cotangent);
    return Recurrence.gradientByOperations(input, output, z);
  }

  @Override
  public boolean derivesAtOnce() {
    return true;
  }

  @Override
  public void gradients(Tensor[] inputs, Tensor output, Tensor cotangent, Tensor[] gradients) {
    gradient(inputs, output, cotangent, gradients[0]);
    Recurrence.weightGradients(output, gradients);
  }

  /// Writes the gradient of the pre-activations.
  private void gradient(Tensor[] inputs, Tensor output, Tensor cotangent, Tensor result) {
    Trace run = trace;
    if (run == null || run.output != output) {
      run = run(inputs);
    }
    RecurrentKernels.active()
        .lstmGradient(
            SIZES.plan(output.shape()),
            inputs[1].storage(),
            run.gates.storage(),
            run.cells.storage(),
            cotangent.storage(),
            result.storage());
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    LstmSteps steps = new LstmSteps(inputs[0].add(SIZES.bias(inputs)), inputs[1]);
    return input == 2
        ? steps.tangent(0, tangent.broadcastTo(inputs[0].shape()))
        : steps.tangent(input, tangent);
  }
}
