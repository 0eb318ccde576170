package taut.core.ops;

import taut.core.Op;
import taut.core.Rearrangements;
import taut.core.Recorder;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.RecurrentKernels;

/// Runs a simple recurrent network (Elman 1990) over time, from a state of zeros: h = tanh(z + b +
/// h'·U), where h' is h one step before.
///
/// Inputs: what the sequence contributes, z [steps, batch, units], the recurrent kernel U [units,
/// units], and a bias b `[units]` if there is one; result: the outputs h [steps, batch, units], of
/// which the derivatives consist:
///
/// ```text
/// gradient of z = (c + (gradient of z one step later)·Uᵀ)∘(1 - h²)      c: that of h
/// tangent of h = (m + (tangent of h')·U)∘(1 - h²)      m: how z, b and h'·U move by themselves
/// ```
public record SimpleRnn() implements Op {
  private static final Recurrence SIZES = new Recurrence("simpleRnn", 1, 1);

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
    Tensor output = Tensor.allocate(spec);
    RecurrentKernels.active()
        .simpleRnn(
            SIZES.plan(spec.shape()),
            inputs[0].storage(),
            inputs[1].storage(),
            SIZES.bias(inputs).storage(),
            output.storage());
    return output;
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
    Tensor z = gradientByOperations(inputs[1], output, cotangent);
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
  private static void gradient(Tensor[] inputs, Tensor output, Tensor cotangent, Tensor result) {
    RecurrentKernels.active()
        .simpleRnnGradient(
            SIZES.plan(output.shape()),
            inputs[1].storage(),
            output.storage(),
            cotangent.storage(),
            result.storage());
  }

  /// Returns the same in a form that can be differentiated again.
  private static Tensor gradientByOperations(Tensor kernel, Tensor output, Tensor cotangent) {
    Tensor[] steps = output.unstack(0).toArray(Tensor[]::new);
    Tensor[] arrived = cotangent.unstack(0).toArray(Tensor[]::new);
    Tensor after = zeros(output);
    for (int t = steps.length - 1; t >= 0; t--) {
      Tensor h = arrived[t].add(after.matmul(kernel, false, true));
      after = Binary.TANH_GRADIENT.apply(h, steps[t]);
      steps[t] = after;
    }
    return stacked(steps, output);
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    Tensor[] steps = output.unstack(0).toArray(Tensor[]::new);
    Tensor[] tangents = new Tensor[steps.length];
    Tensor move = zeros(output);
    for (int t = 0; t < steps.length; t++) {
      Tensor own =
          switch (input) {
            case 0 -> tangent.slice(0, t, t + 1).squeeze(0);
            case 1 -> (t == 0 ? zeros(output) : steps[t - 1]).matmul(tangent);
            default -> tangent;
          };
      Tensor sum = move.matmul(inputs[1]).add(own);
      move = Binary.TANH_GRADIENT.apply(sum, steps[t]);
      tangents[t] = move;
    }
    return stacked(tangents, output);
  }

  /// Returns what stands before the first step.
  private static Tensor zeros(Tensor output) {
    return Tensor.full(Shape.of(output.dim(1), output.dim(2)), 0, output.dtype());
  }

  private static Tensor stacked(Tensor[] parts, Tensor output) {
    return parts.length == 0
        ? Tensor.full(output.shape(), 0, output.dtype())
        : Rearrangements.stack(0, parts);
  }
}
