package taut.training;

import taut.core.Op;
import taut.core.Storage;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Computes -t·log p - (1 - t)·log(1 - p) of each element, from probabilities p and targets t of
/// one shape; p is first limited to [1e-7, 1 - 1e-7], and no gradient passes outside.
enum BernoulliCrossEntropy implements Op {
  INSTANCE;

  @Override
  public String label() {
    return "bernoulliCrossEntropy";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    return inputs[0];
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor output = Tensor.allocate(spec);
    Probabilities range = Probabilities.of(spec.dtype());
    Storage probabilities = inputs[0].storage();
    Storage targets = inputs[1].storage();
    Storage out = output.storage();
    for (int i = 0; i < out.length(); i++) {
      double p = range.clip(probabilities.get(i));
      double t = targets.get(i);
      // Most targets are 0 or 1, and then one logarithm is enough.
      double hit = t == 0 ? 0 : t * Math.log(p);
      double miss = t == 1 ? 0 : (1 - t) * Math.log(1 - p);
      out.set(i, -(hit + miss));
    }
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
  enum Gradient implements Op {
    INSTANCE;

    @Override
    public String label() {
      return "bernoulliCrossEntropyGradient";
    }

    @Override
    public TensorSpec infer(TensorSpec... inputs) {
      return inputs[0];
    }

    @Override
    public Tensor run(TensorSpec spec, Tensor... inputs) {
      Tensor output = Tensor.allocate(spec);
      Probabilities range = Probabilities.of(spec.dtype());
      Storage probabilities = inputs[0].storage();
      Storage targets = inputs[1].storage();
      Storage c = inputs[2].storage();
      Storage out = output.storage();
      for (int i = 0; i < out.length(); i++) {
        double p = probabilities.get(i);
        double slope = (p - targets.get(i)) / (p * (1 - p));
        out.set(i, range.passes(p) ? c.get(i) * slope : 0);
      }
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
