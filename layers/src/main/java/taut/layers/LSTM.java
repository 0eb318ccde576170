package taut.layers;

import java.util.List;
import org.jspecify.annotations.Nullable;
import taut.core.RandomStream;
import taut.core.Rearrangements;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.ops.Lstm;

/// Remembers over time (long short-term memory): [batch, steps, features] → [batch, units], or
/// [batch, steps, units] if asked for the output of every step.
///
/// With the gates in the order i, f, c, o side by side in z, and states that begin at 0:
///
/// ```text
/// z = x·kernel + h'·recurrentKernel + bias        h', s': one step before
/// s = f∘s' + i∘c      i, f, o: recurrentActivation, c: activation, of their parts of z
/// h = o∘activation(s)
/// ```
///
/// The kernel has shape [features, 4 · units], the recurrent kernel [units, 4 · units], the bias [4
/// · units]. With the usual activations all steps are one operation, [Lstm]. An activity penalty
/// sees the output, and is divided by the batch size only, not by the number of steps.
public final class LSTM extends Recurring<LSTM> {
  private static final int GATES = 4;

  private Activation recurrentActivation = Activations.SIGMOID;
  private boolean unitForgetBias = true;

  /// Makes a layer with the given number of outputs.
  ///
  /// @throws IllegalArgumentException if it is not positive
  public LSTM(int units) {
    super(units, GATES);
  }

  @Override
  LSTM self() {
    return this;
  }

  /// Draws a bias that is 1 for the forget gates, unless told otherwise: what is in the cells stays
  /// at first (Jozefowicz et al. 2015).
  @Override
  Tensor initialBias(Initializer initializer, Shape shape, RandomStream random) {
    if (!unitForgetBias) {
      return initializer.initialize(shape, random);
    }
    return Rearrangements.concat(
        0,
        initializer.initialize(Shape.of(units()), random),
        Tensor.ones(units()),
        initializer.initialize(Shape.of(2 * units()), random));
  }

  @Override
  Tensor run(Tensor z, Tensor recurrentKernel, @Nullable Tensor bias) {
    if (activation() == Activations.TANH && recurrentActivation == Activations.SIGMOID) {
      return bias == null
          ? new Lstm().apply(z, recurrentKernel)
          : new Lstm().apply(z, recurrentKernel, bias);
    }
    Tensor sums = bias == null ? z : z.add(bias);
    Tensor[] outputs = new Tensor[z.dim(0)];
    Tensor h = Tensor.full(Shape.of(z.dim(1), units()), 0, z.dtype());
    Tensor cells = h;
    for (int t = 0; t < outputs.length; t++) {
      Tensor sum = sums.slice(0, t, t + 1).squeeze(0).add(h.matmul(recurrentKernel));
      List<Tensor> gates = sum.split(1, GATES);
      Tensor kept = recurrentActivation.apply(gates.get(1)).mul(cells);
      Tensor candidate = activation().apply(gates.get(2));
      cells = kept.add(recurrentActivation.apply(gates.get(0)).mul(candidate));
      h = recurrentActivation.apply(gates.get(3)).mul(activation().apply(cells));
      outputs[t] = h;
    }
    return Rearrangements.stack(0, outputs);
  }

  /// Sets what bends the gates i, f and o; [Activations#SIGMOID] unless told otherwise.
  public LSTM recurrentActivation(Activation activation) {
    checkNotBuilt("the recurrent activation");
    this.recurrentActivation = activation;
    return this;
  }

  /// Sets whether the bias of the forget gates begins at 1 instead of what the bias initializer
  /// draws; it does unless told otherwise.
  public LSTM unitForgetBias(boolean unitForgetBias) {
    checkNotBuilt("the bias of the forget gates");
    this.unitForgetBias = unitForgetBias;
    return this;
  }
}
