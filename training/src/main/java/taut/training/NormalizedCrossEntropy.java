package taut.training;

import taut.core.Op;
import taut.core.Storage;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Computes -Σᵢ tᵢ·log qᵢ of each row, with qᵢ = pᵢ / Σⱼ pⱼ.
///
/// Inputs: p `[..., classes]`, 0 or more and not all 0, and targets t of the same shape. As in
/// Keras, q is limited to [1e-7, 1 - 1e-7] and no gradient passes outside. A row's sum is 1 already
/// where p comes from a softmax, but the gradient still goes through the division.
enum NormalizedCrossEntropy implements Op {
  INSTANCE;

  @Override
  public String label() {
    return "normalizedCrossEntropy";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    int last = inputs[0].shape().rank() - 1;
    return new TensorSpec(inputs[0].shape().reduced(new int[] {last}, false), inputs[0].dtype());
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor output = Tensor.allocate(spec);
    Probabilities range = Probabilities.of(spec.dtype());
    Storage p = inputs[0].storage();
    Storage t = inputs[1].storage();
    int classes = inputs[0].dim(-1);
    for (int row = 0; row < spec.shape().size(); row++) {
      double sum = sum(p, row, classes);
      double loss = 0;
      for (int i = row * classes; i < (row + 1) * classes; i++) {
        // Most targets are 0; their logarithms are not needed.
        loss -= t.get(i) == 0 ? 0 : t.get(i) * Math.log(range.clip(p.get(i) / sum));
      }
      output.storage().set(row, loss);
    }
    return output;
  }

  static double sum(Storage p, int row, int classes) {
    double sum = 0;
    for (int i = row * classes; i < (row + 1) * classes; i++) {
      sum += p.get(i);
    }
    return sum;
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    return input == 0
        ? Gradient.INSTANCE.apply(inputs[0], inputs[1], cotangent)
        : logarithm(inputs[0]).mul(cotangent.expandDims(-1)).neg();
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    Tensor ones = Tensor.full(output.shape(), 1, output.dtype());
    return vjp(input, inputs, output, ones).mul(tangent).sum(-1);
  }

  private static Tensor logarithm(Tensor p) {
    Probabilities range = Probabilities.of(p.dtype());
    return p.div(p.sum(true, -1)).clip(range.low(), range.high()).log();
  }

  /// Returns 1 where the normalized probability is in the range, else 0.
  static Tensor inside(Tensor p) {
    Probabilities range = Probabilities.of(p.dtype());
    Tensor q = p.div(p.sum(true, -1));
    return q.greaterEqual(range.low()).and(q.lessEqual(range.high())).cast(p.dtype());
  }

  /// Computes c · (Σᵢ mᵢ·tᵢ / Σⱼ pⱼ - mₖ·tₖ / pₖ) from p, t and one c a row, with m = 1 where q is
  /// in the range, else 0.
  enum Gradient implements Op {
    INSTANCE;

    @Override
    public String label() {
      return "normalizedCrossEntropyGradient";
    }

    @Override
    public TensorSpec infer(TensorSpec... inputs) {
      return inputs[0];
    }

    @Override
    public Tensor run(TensorSpec spec, Tensor... inputs) {
      Tensor output = Tensor.allocate(spec);
      Probabilities range = Probabilities.of(spec.dtype());
      Storage p = inputs[0].storage();
      Storage t = inputs[1].storage();
      Storage out = output.storage();
      int classes = spec.shape().dim(-1);
      for (int row = 0; row < inputs[2].size(); row++) {
        double sum = sum(p, row, classes);
        double c = inputs[2].storage().get(row);
        double total = 0;
        for (int i = row * classes; i < (row + 1) * classes; i++) {
          total += range.passes(p.get(i) / sum) ? t.get(i) : 0;
        }
        for (int i = row * classes; i < (row + 1) * classes; i++) {
          double own = range.passes(p.get(i) / sum) && t.get(i) != 0 ? t.get(i) / p.get(i) : 0;
          out.set(i, c * (total / sum - own));
        }
      }
      return output;
    }

    @Override
    public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor g) {
      Parts parts = new Parts(inputs);
      return switch (input) {
        case 0 -> parts.curvatureTimes(g);
        case 1 ->
            parts.inside.mul(g.sum(true, -1).div(parts.sum).sub(g.mul(parts.share))).mul(parts.c);
        default -> g.mul(parts.slope()).sum(-1);
      };
    }

    @Override
    public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
      Parts parts = new Parts(inputs);
      return switch (input) {
        case 0 -> parts.curvatureTimes(tangent);
        case 1 -> {
          Tensor moved = parts.inside.mul(tangent);
          yield moved.sum(true, -1).div(parts.sum).sub(moved.mul(parts.share)).mul(parts.c);
        }
        default -> parts.slope().mul(tangent.expandDims(-1));
      };
    }
  }

  /// The terms of the gradient as tensors, from which its own derivatives are made.
  private static final class Parts {
    final Tensor inside;
    final Tensor sum;
    final Tensor c;

    /// 1 / p where that is needed, 0 elsewhere, since 0 · 1/0 would be NaN.
    final Tensor share;

    private final Tensor targets;

    Parts(Tensor[] inputs) {
      Tensor p = inputs[0];
      inside = inside(p);
      sum = p.sum(true, -1);
      c = inputs[2].expandDims(-1);
      Tensor one = Tensor.scalar(1, p.dtype());
      share = inside.div(inside.greater(0).where(p, one));
      targets = inside.mul(inputs[1]);
    }

    Tensor slope() {
      return targets.sum(true, -1).div(sum).sub(targets.mul(share));
    }

    /// The derivative of the gradient with respect to p is symmetric: one formula for both modes.
    Tensor curvatureTimes(Tensor x) {
      Tensor common = targets.sum(true, -1).div(sum.square()).mul(x.sum(true, -1));
      return targets.mul(share.square()).mul(x).sub(common).mul(c);
    }
  }
}
