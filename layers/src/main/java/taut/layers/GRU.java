package taut.layers;

import java.util.List;
import org.jspecify.annotations.Nullable;
import taut.core.Rearrangements;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.ops.Gru;

/// Remembers over time with two gates (gated recurrent unit): [batch, steps, features] → [batch,
/// units], or [batch, steps, units] if asked for the output of every step.
///
/// With the gates in the order z, r, h side by side in x and p, the last called g, and a state that
/// begins at 0:
///
/// ```text
/// x = input·kernel + bias[0]    p = h'·recurrentKernel + bias[1]    h': one step before
/// z, r = recurrentActivation(x + p)    g = activation(x + r∘p)    of their parts of x and p
/// h = z∘h' + (1 - z)∘g
/// ```
///
/// The kernel has shape [features, 3 · units], the recurrent kernel [units, 3 · units], the bias
/// [2, 3 · units]. Without [#resetAfter(boolean)] the reset comes before the product: there p has
/// no bias, its part for g is (r∘h')·recurrentKernel, and the bias is [3 · units], as Cho et al.
/// (2014) have it.
///
/// With the usual activations and the reset after the product all steps are one operation, [Gru];
/// else each step consists of ordinary ones. An activity penalty sees the output, and is divided by
/// the batch size only, not by the number of steps.
public final class GRU extends Recurring<GRU> {
  private static final int GATES = 3;

  private Activation recurrentActivation = Activations.SIGMOID;
  private boolean resetAfter = true;

  /// Makes a layer with the given number of outputs.
  ///
  /// @throws IllegalArgumentException if it is not positive
  public GRU(int units) {
    super(units, GATES);
  }

  @Override
  GRU self() {
    return this;
  }

  @Override
  Shape biasShape() {
    return resetAfter ? Shape.of(2, GATES * units()) : Shape.of(GATES * units());
  }

  @Override
  Tensor run(Tensor x, Tensor recurrentKernel, @Nullable Tensor bias) {
    boolean usual = activation() == Activations.TANH && recurrentActivation == Activations.SIGMOID;
    if (usual && resetAfter) {
      return bias == null
          ? new Gru().apply(x, recurrentKernel)
          : new Gru().apply(x, recurrentKernel, bias);
    }
    if (!resetAfter) {
      return resettingBefore(bias == null ? x : x.add(bias), recurrentKernel);
    }
    if (bias == null) {
      return resettingAfter(x, recurrentKernel, Tensor.full(Shape.SCALAR, 0, x.dtype()));
    }
    List<Tensor> biases = bias.unstack(0);
    return resettingAfter(x.add(biases.get(0)), recurrentKernel, biases.get(1));
  }

  private Tensor resettingAfter(Tensor x, Tensor recurrentKernel, Tensor bias) {
    Tensor[] outputs = new Tensor[x.dim(0)];
    Tensor h = Tensor.full(Shape.of(x.dim(1), units()), 0, x.dtype());
    for (int t = 0; t < outputs.length; t++) {
      List<Tensor> input = x.slice(0, t, t + 1).squeeze(0).split(1, GATES);
      List<Tensor> state = h.matmul(recurrentKernel).add(bias).split(1, GATES);
      Tensor z = recurrentActivation.apply(input.get(0).add(state.get(0)));
      Tensor r = recurrentActivation.apply(input.get(1).add(state.get(1)));
      Tensor g = activation().apply(input.get(2).add(r.mul(state.get(2))));
      h = g.add(z.mul(h.sub(g)));
      outputs[t] = h;
    }
    return Rearrangements.stack(0, outputs);
  }

  private Tensor resettingBefore(Tensor x, Tensor recurrentKernel) {
    List<Tensor> kernels = recurrentKernel.split(1, new int[] {2 * units(), units()});
    Tensor[] outputs = new Tensor[x.dim(0)];
    Tensor h = Tensor.full(Shape.of(x.dim(1), units()), 0, x.dtype());
    for (int t = 0; t < outputs.length; t++) {
      List<Tensor> input = x.slice(0, t, t + 1).squeeze(0).split(1, GATES);
      List<Tensor> state = h.matmul(kernels.get(0)).split(1, 2);
      Tensor z = recurrentActivation.apply(input.get(0).add(state.get(0)));
      Tensor r = recurrentActivation.apply(input.get(1).add(state.get(1)));
      Tensor g = activation().apply(input.get(2).add(r.mul(h).matmul(kernels.get(1))));
      h = g.add(z.mul(h.sub(g)));
      outputs[t] = h;
    }
    return Rearrangements.stack(0, outputs);
  }

  /// Sets what bends the gates z and r; [Activations#SIGMOID] unless told otherwise.
  public GRU recurrentActivation(Activation activation) {
    checkNotBuilt("the recurrent activation");
    this.recurrentActivation = activation;
    return this;
  }

  /// Sets whether the state is reset after its product with the recurrent kernel, with a bias of
  /// its own, instead of before; it is unless told otherwise.
  public GRU resetAfter(boolean resetAfter) {
    checkNotBuilt("the place of the reset");
    this.resetAfter = resetAfter;
    return this;
  }
}
