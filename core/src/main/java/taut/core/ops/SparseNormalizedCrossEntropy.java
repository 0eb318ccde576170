package taut.core.ops;

import taut.core.Op;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.LikelihoodKernels;

/// Computes -log qᵧ of each row, with qᵢ = pᵢ / Σⱼ pⱼ: [NormalizedCrossEntropy] with the index y of
/// the true class for a target.
///
/// Inputs: p `[..., classes]` and INT32 labels `[...]`, each below the number of classes.
public enum SparseNormalizedCrossEntropy implements Op {
  /// The op; it has no attributes.
  INSTANCE;

  @Override
  public String label() {
    return "sparseNormalizedCrossEntropy";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    return Rows.sparseLosses(label(), inputs[0], inputs[1]);
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Labels.check(label(), inputs[1], inputs[0].dim(-1));
    Tensor output = Tensor.allocate(spec);
    LikelihoodKernels.active().sparse(inputs[0].storage(), inputs[1].storage(), output.storage());
    return output;
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    Labels.checkNotLabels(this, input);
    return Gradient.INSTANCE.apply(inputs[0], inputs[1], cotangent);
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    Tensor ones = Tensor.full(output.shape(), 1, output.dtype());
    return vjp(input, inputs, output, ones).mul(tangent).sum(-1);
  }

  /// Computes c · (1 / Σⱼ pⱼ - [k = y] / pᵧ) from p, labels and one c a row; 0 where qᵧ is outside
  /// the range.
  public enum Gradient implements Op {
    /// The op; it has no attributes.
    INSTANCE;

    @Override
    public String label() {
      return "sparseNormalizedCrossEntropyGradient";
    }

    @Override
    public TensorSpec infer(TensorSpec... inputs) {
      TensorSpec losses = Rows.sparseLosses(label(), inputs[0], inputs[1]);
      Rows.checkCotangent(this, losses, inputs[2]);
      return inputs[0];
    }

    @Override
    public Tensor run(TensorSpec spec, Tensor... inputs) {
      Labels.check(label(), inputs[1], inputs[0].dim(-1));
      Tensor output = Tensor.allocate(spec);
      LikelihoodKernels.active()
          .sparseGradient(
              inputs[0].storage(), inputs[1].storage(), inputs[2].storage(), output.storage());
      return output;
    }

    /// One differentiable formula serves for all derivatives of the gradient: that with targets.
    @Override
    public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor g) {
      Labels.checkNotLabels(this, input);
      return NormalizedCrossEntropy.Gradient.INSTANCE.vjp(input, dense(inputs), output, g);
    }

    @Override
    public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
      Labels.checkNotLabels(this, input);
      return NormalizedCrossEntropy.Gradient.INSTANCE.jvp(input, dense(inputs), output, tangent);
    }

    private static Tensor[] dense(Tensor[] inputs) {
      Tensor p = inputs[0];
      return new Tensor[] {p, inputs[1].oneHot(p.dim(-1), p.dtype()), inputs[2]};
    }
  }
}
