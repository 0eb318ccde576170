package taut.layers;

import org.jspecify.annotations.Nullable;
import taut.core.Rearrangements;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.ops.SimpleRnn;

/// Feeds its output back over time (Elman 1990): [batch, steps, features] → [batch, units], or
/// [batch, steps, units] if asked for the output of every step.
///
/// ```text
/// h = activation(x·kernel + h'·recurrentKernel + bias)        h': one step before, 0 at first
/// ```
///
/// The kernel has shape [features, units], the recurrent kernel [units, units], the bias `[units]`.
/// With the usual activation all steps are one operation, [SimpleRnn]. An activity penalty sees the
/// output, and is divided by the batch size only, not by the number of steps.
public final class SimpleRNN extends Recurring<SimpleRNN> {
  /// Makes a layer with the given number of outputs.
  ///
  /// @throws IllegalArgumentException if it is not positive
  public SimpleRNN(int units) {
    super(units, 1);
  }

  @Override
  SimpleRNN self() {
    return this;
  }

  @Override
  Tensor run(Tensor z, Tensor recurrentKernel, @Nullable Tensor bias) {
    if (activation() == Activations.TANH) {
      return bias == null
          ? new SimpleRnn().apply(z, recurrentKernel)
          : new SimpleRnn().apply(z, recurrentKernel, bias);
    }
    Tensor sums = bias == null ? z : z.add(bias);
    Tensor[] outputs = new Tensor[z.dim(0)];
    Tensor h = Tensor.full(Shape.of(z.dim(1), units()), 0, z.dtype());
    for (int t = 0; t < outputs.length; t++) {
      h = activation().apply(sums.slice(0, t, t + 1).squeeze(0).add(h.matmul(recurrentKernel)));
      outputs[t] = h;
    }
    return Rearrangements.stack(0, outputs);
  }
}
