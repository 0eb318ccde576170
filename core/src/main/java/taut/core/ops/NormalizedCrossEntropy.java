package taut.core.ops;

import taut.core.Op;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.LikelihoodKernels;

/// Computes -Σᵢ tᵢ·log qᵢ of each row, with qᵢ = pᵢ / Σⱼ pⱼ.
///
/// Inputs: p `[..., classes]`, 0 or more and not all 0, and targets t of the same shape. As in
/// Keras, q is limited to [1e-7, 1 - 1e-7] and no gradient passes outside. A row's sum is 1 already
/// where p comes from a softmax, but the gradient still goes through the division.
public enum NormalizedCrossEntropy implements Op {
  /// The op; it has no attributes.
  INSTANCE;

  @Override
  public String label() {
    return "normalizedCrossEntropy";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    return Rows.losses(label(), inputs[0], inputs[1]);
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor output = Tensor.allocate(spec);
    LikelihoodKernels.active()
        .normalized(inputs[0].storage(), inputs[1].storage(), output.storage());
    return output;
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
  public enum Gradient implements Op {
    /// The op; it has no attributes.
    INSTANCE;

    @Override
    public String label() {
      return "normalizedCrossEntropyGradient";
    }

    @Override
    public TensorSpec infer(TensorSpec... inputs) {
      TensorSpec losses = Rows.losses(label(), inputs[0], inputs[1]);
      Rows.checkCotangent(this, losses, inputs[2]);
      return inputs[0];
    }

    @Override
    public Tensor run(TensorSpec spec, Tensor... inputs) {
      Tensor output = Tensor.allocate(spec);
      LikelihoodKernels.active()
          .normalizedGradient(
              inputs[0].storage(), inputs[1].storage(), inputs[2].storage(), output.storage());
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
