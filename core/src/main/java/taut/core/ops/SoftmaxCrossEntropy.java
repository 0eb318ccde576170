package taut.core.ops;

import taut.core.Op;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.Kernels;

/// Computes -Σᵢ tᵢ · logSoftmax(x)ᵢ along the last axis, in one pass and without overflow.
///
/// Inputs: logits x [..., classes] and target probabilities t of the same shape. Output: one loss a
/// row, [...]. A class with logit -∞ and target 0 adds nothing.
public enum SoftmaxCrossEntropy implements Op {
  /// The op; it has no attributes.
  INSTANCE;

  @Override
  public String label() {
    return "softmaxCrossEntropy";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    return Rows.losses(label(), inputs[0], inputs[1]);
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor output = Tensor.allocate(spec);
    Kernels.active()
        .crossEntropy(
            inputs[0].storage(),
            inputs[1].storage(),
            output.storage(),
            spec.shape().size(),
            inputs[0].dim(-1));
    return output;
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    return input == 0
        ? Gradient.INSTANCE.apply(inputs[0], inputs[1], cotangent)
        : inputs[0].logSoftmax().mul(cotangent.expandDims(-1)).neg();
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    if (input == 1) {
      return apply(inputs[0], tangent);
    }
    Tensor ones = Tensor.full(output.shape(), 1, output.dtype());
    return Gradient.INSTANCE.apply(inputs[0], inputs[1], ones).mul(tangent).sum(-1);
  }

  /// Computes c · (softmax(x) · Σt - t) from logits x, targets t and one c a row.
  public enum Gradient implements Op {
    /// The op; it has no attributes.
    INSTANCE;

    @Override
    public String label() {
      return "softmaxCrossEntropyGradient";
    }

    @Override
    public TensorSpec infer(TensorSpec... inputs) {
      Rows.checkCotangent(this, Rows.losses(label(), inputs[0], inputs[1]), inputs[2]);
      return inputs[0];
    }

    @Override
    public Tensor run(TensorSpec spec, Tensor... inputs) {
      Tensor output = Tensor.allocate(spec);
      Kernels.active()
          .crossEntropyGradient(
              inputs[0].storage(),
              inputs[1].storage(),
              inputs[2].storage(),
              output.storage(),
              Rows.count(spec),
              spec.shape().dim(-1));
      return output;
    }

    @Override
    public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor g) {
      Tensor softmax = inputs[0].softmax();
      Tensor targets = inputs[1];
      Tensor c = inputs[2].expandDims(-1);
      Tensor sum = targets.sum(true, -1);
      return switch (input) {
        case 0 -> Softmax.Gradient.INSTANCE.apply(g.mul(sum.mul(c)), softmax);
        case 1 -> g.mul(softmax).sum(true, -1).sub(g).mul(c);
        default -> g.mul(softmax.mul(sum).sub(targets)).sum(-1);
      };
    }

    @Override
    public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
      Tensor softmax = inputs[0].softmax();
      Tensor targets = inputs[1];
      Tensor c = inputs[2].expandDims(-1);
      Tensor sum = targets.sum(true, -1);
      return switch (input) {
        case 0 -> Softmax.Gradient.INSTANCE.apply(tangent, softmax).mul(sum.mul(c));
        case 1 -> softmax.mul(tangent.sum(true, -1)).sub(tangent).mul(c);
        default -> softmax.mul(sum).sub(targets).mul(tangent.expandDims(-1));
      };
    }
  }

  /// The same with INT32 labels: inputs are logits [..., classes] and the index of the true class
  /// [...].
  public enum Sparse implements Op {
    /// The op; it has no attributes.
    INSTANCE;

    @Override
    public String label() {
      return "sparseSoftmaxCrossEntropy";
    }

    @Override
    public TensorSpec infer(TensorSpec... inputs) {
      return Rows.sparseLosses(label(), inputs[0], inputs[1]);
    }

    @Override
    public Tensor run(TensorSpec spec, Tensor... inputs) {
      Labels.check(label(), inputs[1], inputs[0].dim(-1));
      Tensor output = Tensor.allocate(spec);
      Kernels.active()
          .sparseCrossEntropy(
              inputs[0].storage(),
              inputs[1].storage(),
              output.storage(),
              spec.shape().size(),
              inputs[0].dim(-1));
      return output;
    }

    @Override
    public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
      Labels.checkNotLabels(this, input);
      return SparseGradient.INSTANCE.apply(inputs[0], inputs[1], cotangent);
    }

    @Override
    public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
      Labels.checkNotLabels(this, input);
      Tensor ones = Tensor.full(output.shape(), 1, output.dtype());
      return SparseGradient.INSTANCE.apply(inputs[0], inputs[1], ones).mul(tangent).sum(-1);
    }
  }

  /// Computes c · (softmax(x) - onehot) from logits x, INT32 labels and one c a row.
  public enum SparseGradient implements Op {
    /// The op; it has no attributes.
    INSTANCE;

    @Override
    public String label() {
      return "sparseSoftmaxCrossEntropyGradient";
    }

    @Override
    public TensorSpec infer(TensorSpec... inputs) {
      Rows.checkCotangent(this, Rows.sparseLosses(label(), inputs[0], inputs[1]), inputs[2]);
      return inputs[0];
    }

    @Override
    public Tensor run(TensorSpec spec, Tensor... inputs) {
      Labels.check(label(), inputs[1], inputs[0].dim(-1));
      Tensor output = Tensor.allocate(spec);
      Kernels.active()
          .sparseCrossEntropyGradient(
              inputs[0].storage(),
              inputs[1].storage(),
              inputs[2].storage(),
              output.storage(),
              Rows.count(spec),
              spec.shape().dim(-1));
      return output;
    }

    @Override
    public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor g) {
      Labels.checkNotLabels(this, input);
      Tensor softmax = inputs[0].softmax();
      return input == 0
          ? Softmax.Gradient.INSTANCE.apply(g.mul(inputs[2].expandDims(-1)), softmax)
          : g.mul(slope(inputs, softmax)).sum(-1);
    }

    @Override
    public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
      Labels.checkNotLabels(this, input);
      Tensor softmax = inputs[0].softmax();
      return input == 0
          ? Softmax.Gradient.INSTANCE.apply(tangent, softmax).mul(inputs[2].expandDims(-1))
          : slope(inputs, softmax).mul(tangent.expandDims(-1));
    }

    private static Tensor slope(Tensor[] inputs, Tensor softmax) {
      return softmax.sub(inputs[1].oneHot(softmax.dim(-1), softmax.dtype()));
    }
  }
}
