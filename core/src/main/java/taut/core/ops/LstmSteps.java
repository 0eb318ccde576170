package taut.core.ops;

import java.util.ArrayList;
import java.util.List;
import taut.core.Rearrangements;
import taut.core.Shape;
import taut.core.Tensor;

/// A long short-term memory step by step, in ordinary operations: both derivatives of [Lstm] in a
/// form that can be differentiated again.
final class LstmSteps {
  /// What one step computes; `old` are the cells before it, `bent` is tanh of the new ones.
  private record Step(
      Tensor i, Tensor f, Tensor g, Tensor o, Tensor old, Tensor cells, Tensor bent) {}

  private final Tensor kernel;
  private final Shape sequence;
  private final Tensor zeros;
  private final List<Step> steps = new ArrayList<>();
  private final List<Tensor> outputs = new ArrayList<>();

  /// Runs forward.
  LstmSteps(Tensor z, Tensor kernel) {
    this.kernel = kernel;
    this.sequence = z.shape();
    this.zeros = Tensor.full(Shape.of(z.dim(1), kernel.dim(0)), 0, z.dtype());
    Tensor h = zeros;
    Tensor cells = zeros;
    for (Tensor contribution : z.unstack(0)) {
      List<Tensor> sums = contribution.add(h.matmul(kernel)).split(1, 4);
      Tensor i = sums.get(0).sigmoid();
      Tensor f = sums.get(1).sigmoid();
      Tensor g = sums.get(2).tanh();
      Tensor o = sums.get(3).sigmoid();
      Tensor old = cells;
      cells = f.mul(old).add(i.mul(g));
      Step step = new Step(i, f, g, o, old, cells, cells.tanh());
      steps.add(step);
      h = o.mul(step.bent);
      outputs.add(h);
    }
  }

  /// Returns the gradient of the pre-activations, given that of the outputs.
  Tensor gradient(Tensor cotangent) {
    List<Tensor> arrived = cotangent.unstack(0);
    Tensor[] gradients = new Tensor[steps.size()];
    Tensor cells = zeros;
    Tensor after = Tensor.full(zeros.shape().with(1, kernel.dim(1)), 0, kernel.dtype());
    for (int t = steps.size() - 1; t >= 0; t--) {
      Step step = steps.get(t);
      Tensor h = arrived.get(t).add(after.matmul(kernel, false, true));
      cells = cells.add(Binary.TANH_GRADIENT.apply(h.mul(step.o), step.bent));
      after =
          Rearrangements.concat(
              1,
              Binary.SIGMOID_GRADIENT.apply(cells.mul(step.g), step.i),
              Binary.SIGMOID_GRADIENT.apply(cells.mul(step.old), step.f),
              Binary.TANH_GRADIENT.apply(cells.mul(step.i), step.g),
              Binary.SIGMOID_GRADIENT.apply(h.mul(step.bent), step.o));
      gradients[t] = after;
      cells = cells.mul(step.f);
    }
    return stacked(gradients, sequence);
  }

  /// Returns how the outputs move with the pre-activations (input 0) or the recurrent kernel (input
  /// 1).
  Tensor tangent(int input, Tensor direction) {
    Tensor[] tangents = new Tensor[steps.size()];
    List<Tensor> moves = input == 0 ? direction.unstack(0) : List.of();
    Tensor h = zeros;
    Tensor cells = zeros;
    for (int t = 0; t < tangents.length; t++) {
      Step step = steps.get(t);
      Tensor move =
          input == 0 ? moves.get(t) : (t == 0 ? zeros : outputs.get(t - 1)).matmul(direction);
      List<Tensor> sums = move.add(h.matmul(kernel)).split(1, 4);
      Tensor i = Binary.SIGMOID_GRADIENT.apply(sums.get(0), step.i);
      Tensor f = Binary.SIGMOID_GRADIENT.apply(sums.get(1), step.f);
      Tensor g = Binary.TANH_GRADIENT.apply(sums.get(2), step.g);
      Tensor o = Binary.SIGMOID_GRADIENT.apply(sums.get(3), step.o);
      cells = i.mul(step.g).add(step.i.mul(g)).add(f.mul(step.old)).add(step.f.mul(cells));
      h = o.mul(step.bent).add(step.o.mul(Binary.TANH_GRADIENT.apply(cells, step.bent)));
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
