package taut.training;

import taut.core.NoDerivativeException;
import taut.core.Op;
import taut.core.Storage;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Computes -log qᵧ of each row, with qᵢ = pᵢ / Σⱼ pⱼ: [NormalizedCrossEntropy] with the index y of
/// the true class for a target.
///
/// Inputs: p `[..., classes]` and INT32 labels `[...]`, each below the number of classes.
enum SparseNormalizedCrossEntropy implements Op {
  INSTANCE;

  @Override
  public String label() {
    return "sparseNormalizedCrossEntropy";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    return new TensorSpec(inputs[1].shape(), inputs[0].dtype());
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor output = Tensor.allocate(spec);
    Probabilities range = Probabilities.of(spec.dtype());
    Storage p = inputs[0].storage();
    Storage labels = inputs[1].storage();
    int classes = inputs[0].dim(-1);
    for (int row = 0; row < spec.shape().size(); row++) {
      double own = p.get(row * classes + (int) labels.get(row));
      double q = own / NormalizedCrossEntropy.sum(p, row, classes);
      output.storage().set(row, -Math.log(range.clip(q)));
    }
    return output;
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    checkInput(this, input);
    return Gradient.INSTANCE.apply(inputs[0], inputs[1], cotangent);
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    Tensor ones = Tensor.full(output.shape(), 1, output.dtype());
    return vjp(input, inputs, output, ones).mul(tangent).sum(-1);
  }

  private static void checkInput(Op op, int input) {
    if (input == 1) {
      throw new NoDerivativeException(op, "labels are whole numbers");
    }
  }

  /// Computes c · (1 / Σⱼ pⱼ - [k = y] / pᵧ) from p, labels and one c a row; 0 where qᵧ is outside
  /// the range.
  enum Gradient implements Op {
    INSTANCE;

    @Override
    public String label() {
      return "sparseNormalizedCrossEntropyGradient";
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
      Storage out = output.storage();
      int classes = spec.shape().dim(-1);
      for (int row = 0; row < inputs[1].size(); row++) {
        int label = row * classes + (int) inputs[1].storage().get(row);
        double sum = NormalizedCrossEntropy.sum(p, row, classes);
        boolean passes = range.passes(p.get(label) / sum);
        double c = inputs[2].storage().get(row);
        double common = passes ? c / sum : 0;
        for (int i = row * classes; i < (row + 1) * classes; i++) {
          out.set(i, common);
        }
        if (passes) {
          out.set(label, common - c / p.get(label));
        }
      }
      return output;
    }

    /// One differentiable formula serves for all derivatives of the gradient: that with targets.
    @Override
    public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor g) {
      checkInput(this, input);
      return NormalizedCrossEntropy.Gradient.INSTANCE.vjp(input, dense(inputs), output, g);
    }

    @Override
    public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
      checkInput(this, input);
      return NormalizedCrossEntropy.Gradient.INSTANCE.jvp(input, dense(inputs), output, tangent);
    }

    private static Tensor[] dense(Tensor[] inputs) {
      Tensor p = inputs[0];
      return new Tensor[] {p, inputs[1].oneHot(p.dim(-1), p.dtype()), inputs[2]};
    }
  }
}
