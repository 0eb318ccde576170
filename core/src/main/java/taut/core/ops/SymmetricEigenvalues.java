package taut.core.ops;

import taut.core.Op;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Computes the eigenvalues of symmetric matrices, [..., n, n] → [..., n], the largest first. Of A
/// the symmetric part (A + Aᵀ) / 2 counts.
public enum SymmetricEigenvalues implements Op {
  /// The op; it has no attributes.
  INSTANCE;

  @Override
  public String label() {
    return "symmetricEigenvalues";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    Matrices.checkSquare(label(), inputs[0]);
    int rank = inputs[0].shape().rank();
    return new TensorSpec(
        inputs[0].shape().reduced(new int[] {rank - 1}, false), inputs[0].dtype());
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    int n = inputs[0].dim(-1);
    return Matrices.map(spec, inputs[0], matrix -> new JacobiRotations(matrix, n).values());
  }

  /// dλᵢ = vᵢᵀ·dA·vᵢ.
  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    Tensor v = SymmetricEigenvectors.INSTANCE.apply(inputs[0]);
    return v.matmul(Matrices.diagonal(cotangent)).matmul(v, false, true);
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    Tensor v = SymmetricEigenvectors.INSTANCE.apply(inputs[0]);
    return v.matmul(tangent, true, false).matmul(v).diagonal();
  }
}
