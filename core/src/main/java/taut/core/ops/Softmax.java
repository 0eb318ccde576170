package taut.core.ops;

import taut.core.Op;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.Kernels;

/// Turns each row along the last axis into probabilities: yᵢ = exp(xᵢ - max x) / Σⱼ exp(xⱼ - max
/// x).
public enum Softmax implements Op {
  /// The op; it has no attributes.
  INSTANCE;

  @Override
  public String label() {
    return "softmax";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    return Rows.check(label(), inputs[0]);
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor output = Tensor.allocate(spec);
    int classes = spec.shape().dim(-1);
    Kernels.active().softmax(inputs[0].storage(), output.storage(), Rows.count(spec), classes);
    return output;
  }

  /// The jacobian diag(y) - yyᵀ is symmetric, so both modes are one formula.
  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    return Gradient.INSTANCE.apply(cotangent, output);
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    return Gradient.INSTANCE.apply(tangent, output);
  }

  /// Computes (diag(y) - yyᵀ)·c = y ∘ (c - Σ c∘y) from the inputs c and y, both [..., classes].
  public enum Gradient implements Op {
    /// The op; it has no attributes.
    INSTANCE;

    @Override
    public String label() {
      return "softmaxGradient";
    }

    @Override
    public TensorSpec infer(TensorSpec... inputs) {
      if (!inputs[0].equals(inputs[1])) {
        throw new IllegalArgumentException(
            label()
                + ": cotangent and softmax must be alike, got "
                + inputs[0]
                + " and "
                + inputs[1]);
      }
      return Rows.check(label(), inputs[0]);
    }

    @Override
    public Tensor run(TensorSpec spec, Tensor... inputs) {
      Tensor output = Tensor.allocate(spec);
      Kernels.active()
          .softmaxGradient(
              inputs[0].storage(),
              inputs[1].storage(),
              output.storage(),
              Rows.count(spec),
              spec.shape().dim(-1));
      return output;
    }

    @Override
    public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
      Tensor c = inputs[0];
      Tensor y = inputs[1];
      if (input == 0) {
        return apply(cotangent, y);
      }
      Tensor centred = cotangent.mul(c.sub(c.mul(y).sum(true, -1)));
      return centred.sub(c.mul(cotangent.mul(y).sum(true, -1)));
    }

    @Override
    public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
      Tensor c = inputs[0];
      Tensor y = inputs[1];
      if (input == 0) {
        return apply(tangent, y);
      }
      Tensor centred = tangent.mul(c.sub(c.mul(y).sum(true, -1)));
      return centred.sub(y.mul(c.mul(tangent).sum(true, -1)));
    }
  }
}
