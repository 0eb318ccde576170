package taut.core.ops;

import taut.core.Op;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Computes the singular values of matrices with at least as many rows as columns, [..., m, n] →
/// [..., n], the largest first.
///
/// The derivative of a singular value is uᵢ·vᵢᵀ; that of one that is 0 is taken as 0.
public enum SingularValues implements Op {
  /// The op; it has no attributes.
  INSTANCE;

  @Override
  public String label() {
    return "singularValues";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    Matrices.checkTall(label(), inputs[0]);
    int rank = inputs[0].shape().rank();
    return new TensorSpec(
        inputs[0].shape().reduced(new int[] {rank - 2}, false), inputs[0].dtype());
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    int m = inputs[0].dim(-2);
    int n = inputs[0].dim(-1);
    return Matrices.map(spec, inputs[0], matrix -> new ColumnRotations(matrix, m, n).values());
  }

  /// With the right vectors V, the left ones are A·V·diag(1/s).
  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    Tensor v = RightSingularVectors.INSTANCE.apply(inputs[0]);
    Tensor scale = Matrices.diagonal(divided(cotangent, output));
    return inputs[0].matmul(v).matmul(scale).matmul(v, false, true);
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    Tensor v = RightSingularVectors.INSTANCE.apply(inputs[0]);
    Tensor products = inputs[0].matmul(v).mul(tangent.matmul(v)).sum(-2);
    return divided(products, output);
  }

  private static Tensor divided(Tensor x, Tensor values) {
    Tensor zero = values.equal(0);
    Tensor safe = zero.where(Tensor.scalar(1, values.dtype()), values);
    return zero.where(Tensor.scalar(0, values.dtype()), x.div(safe));
  }
}
