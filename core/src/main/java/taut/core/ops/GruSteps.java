package taut.core.ops;

import java.util.ArrayList;
import java.util.List;
import taut.core.Rearrangements;
import taut.core.Shape;
import taut.core.Tensor;

/// Gated recurrent units in ordinary operations: both derivatives of [Gru] in a form that can be
/// differentiated again. Names are those of the formula there.
///
/// With the outputs given, gates follow for all steps at once; only what is handed from step to
/// step takes a loop.
final class GruSteps {
  /// The gates of one step; `inner` is the part of p that belongs to g, `old` the state before.
  private record Step(Tensor z, Tensor r, Tensor g, Tensor inner, Tensor old) {}

  /// The gradients of x and of p, [steps, batch, 3 · units].
  record Gradient(Tensor x, Tensor p) {}

  private final Tensor kernel;
  private final Shape sequence;
  private final Tensor zeros;
  private final Tensor before;
  private final List<Step> steps = new ArrayList<>();

  GruSteps(Tensor x, Tensor kernel, Tensor bias, Tensor output) {
    this.kernel = kernel;
    this.sequence = x.shape();
    this.zeros = Tensor.full(Shape.of(x.dim(1), kernel.dim(0)), 0, x.dtype());
    int last = Math.max(0, x.dim(0) - 1);
    Tensor first = Tensor.full(output.shape().with(0, x.dim(0) - last), 0, x.dtype());
    this.before = Rearrangements.concat(0, first, output.slice(0, 0, last));
    List<Tensor> biases = bias.unstack(0);
    List<Tensor> input = x.add(biases.get(0)).split(2, 3);
    List<Tensor> state = product(before, kernel).add(biases.get(1)).split(2, 3);
    List<Tensor> z = input.get(0).add(state.get(0)).sigmoid().unstack(0);
    Tensor reset = input.get(1).add(state.get(1)).sigmoid();
    List<Tensor> r = reset.unstack(0);
    List<Tensor> g = input.get(2).add(reset.mul(state.get(2))).tanh().unstack(0);
    List<Tensor> inner = state.get(2).unstack(0);
    List<Tensor> old = before.unstack(0);
    for (int t = 0; t < x.dim(0); t++) {
      steps.add(new Step(z.get(t), r.get(t), g.get(t), inner.get(t), old.get(t)));
    }
  }

  /// Multiplies all steps with a kernel.
  private static Tensor product(Tensor states, Tensor kernel) {
    Tensor rows = states.reshape(states.dim(0) * states.dim(1), states.dim(2));
    return rows.matmul(kernel).reshape(states.shape().with(2, kernel.dim(1)));
  }

  /// Returns the gradients, given that of the outputs.
  Gradient gradient(Tensor cotangent) {
    List<Tensor> arrived = cotangent.unstack(0);
    Tensor[] input = new Tensor[steps.size()];
    Tensor[] state = new Tensor[steps.size()];
    Tensor kept = zeros;
    Tensor after = Tensor.full(zeros.shape().with(1, kernel.dim(1)), 0, kernel.dtype());
    for (int t = steps.size() - 1; t >= 0; t--) {
      Step step = steps.get(t);
      Tensor h = arrived.get(t).add(kept).add(after.matmul(kernel, false, true));
      kept = h.mul(step.z);
      Tensor g = Binary.TANH_GRADIENT.apply(h.sub(kept), step.g);
      Tensor r = Binary.SIGMOID_GRADIENT.apply(g.mul(step.inner), step.r);
      Tensor z = Binary.SIGMOID_GRADIENT.apply(h.mul(step.old.sub(step.g)), step.z);
      after = Rearrangements.concat(1, z, r, g.mul(step.r));
      input[t] = Rearrangements.concat(1, z, r, g);
      state[t] = after;
    }
    return new Gradient(stacked(input, sequence), stacked(state, sequence));
  }

  /// Returns how the outputs move with x (input 0), the recurrent kernel (1) or the bias (2).
  Tensor tangent(int input, Tensor direction) {
    Tensor still = Tensor.full(sequence, 0, kernel.dtype());
    return switch (input) {
      case 0 -> tangent(direction, still);
      case 1 -> tangent(still, product(before, direction));
      default -> {
        List<Tensor> rows = direction.unstack(0);
        yield tangent(rows.get(0).broadcastTo(sequence), rows.get(1).broadcastTo(sequence));
      }
    };
  }

  /// Returns how the outputs move when x and p do, the latter by itself and with the state.
  private Tensor tangent(Tensor x, Tensor p) {
    List<Tensor> input = x.unstack(0);
    List<Tensor> state = p.unstack(0);
    Tensor[] tangents = new Tensor[steps.size()];
    Tensor h = zeros;
    for (int t = 0; t < tangents.length; t++) {
      Step step = steps.get(t);
      List<Tensor> own = input.get(t).split(1, 3);
      List<Tensor> sums = state.get(t).add(h.matmul(kernel)).split(1, 3);
      Tensor z = Binary.SIGMOID_GRADIENT.apply(own.get(0).add(sums.get(0)), step.z);
      Tensor r = Binary.SIGMOID_GRADIENT.apply(own.get(1).add(sums.get(1)), step.r);
      Tensor bent = own.get(2).add(r.mul(step.inner)).add(step.r.mul(sums.get(2)));
      Tensor g = Binary.TANH_GRADIENT.apply(bent, step.g);
      h = z.mul(step.old.sub(step.g)).add(step.z.mul(h)).add(g).sub(step.z.mul(g));
      tangents[t] = h;
    }
    return stacked(tangents, sequence.with(2, kernel.dim(0)));
  }

  private Tensor stacked(Tensor[] parts, Shape shape) {
    return parts.length == 0
        ? Tensor.full(shape, 0, kernel.dtype())
        : Rearrangements.stack(0, parts);
  }
}
