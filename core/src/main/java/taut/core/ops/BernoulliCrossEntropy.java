package taut.core.ops;

import taut.core.Op;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.LikelihoodKernels;

/// Computes -t·log p - (1 - t)·log(1 - p) of each element, from probabilities p and targets t of
/// one shape; p is first limited to [1e-7, 1 - 1e-7], and no gradient passes outside.
public enum BernoulliCrossEntropy implements Op {
  /// The op; it has no attributes.
  INSTANCE;

  @Override
  public String label() {
    return "bernoulliCrossEntropy";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    return Elementwise.alike(label(), inputs);
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor output = Tensor.allocate(spec);
    LikelihoodKernels.active()
        .bernoulli(inputs[0].storage(), inputs[1].storage(), output.storage());
    return output;
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    if (input == 0) {
      return Gradient.INSTANCE.apply(inputs[0], inputs[1], cotangent);
    }
    Tensor p = clip(inputs[0]);
    return cotangent.mul(p.subFrom(1).log().sub(p.log()));
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    return vjp(input, inputs, output, tangent);
  }

  private static Tensor clip(Tensor probabilities) {
    Probabilities range = Probabilities.of(probabilities.dtype());
    return probabilities.clip(range.low(), range.high());
  }

  /// Computes c · (p - t) / (p · (1 - p)) from p, t and c; 0 where p is outside the range.
  public enum Gradient implements Op {
    /// The op; it has no attributes.
    INSTANCE;

    @Override
    public String label() {
      return "bernoulliCrossEntropyGradient";
    }

    @Override
    public TensorSpec infer(TensorSpec... inputs) {
      return Elementwise.alike(label(), inputs);
    }

    @Override
    public Tensor run(TensorSpec spec, Tensor... inputs) {
      Tensor output = Tensor.allocate(spec);
      LikelihoodKernels.active()
          .bernoulliGradient(
              inputs[0].storage(), inputs[1].storage(), inputs[2].storage(), output.storage());
      return output;
    }

    @Override
    public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor g) {
      Tensor t = inputs[1];
      Tensor c = inputs[2];
      Tensor p = clip(inputs[0]);
      Tensor rest = p.subFrom(1);
      Tensor inside = p.equal(inputs[0]).cast(p.dtype());
      Tensor factor =
          switch (input) {
            case 0 -> c.mul(t.div(p.square()).add(t.subFrom(1).div(rest.square())));
            case 1 -> c.neg().div(p.mul(rest));
            default -> p.sub(t).div(p.mul(rest));
          };
      return g.mul(inside).mul(factor);
    }

    @Override
    public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
      return vjp(input, inputs, output, tangent);
    }
  }
}
