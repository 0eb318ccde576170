package taut.core.ops;

import taut.core.Op;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Computes the eigenvectors of symmetric matrices as the columns of V [..., n, n], those of the
/// largest eigenvalues first.
///
/// Of A the symmetric part (A + Aᵀ) / 2 counts. The derivative wants distinct eigenvalues; between
/// equal ones, where it does not exist, it is taken as 0.
public enum SymmetricEigenvectors implements Op {
  /// The op; it has no attributes.
  INSTANCE;

  @Override
  public String label() {
    return "symmetricEigenvectors";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    return Matrices.checkSquare(label(), inputs[0]);
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    int n = spec.shape().dim(-1);
    return Matrices.map(spec, inputs[0], matrix -> new JacobiRotations(matrix, n).vectors());
  }

  /// With Fᵢⱼ = 1 / (λⱼ - λᵢ) off the diagonal: dV = V·(F ∘ VᵀdA·V), and so the cotangent of A is
  /// V·(F ∘ VᵀC)·Vᵀ, made symmetric.
  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    Tensor inner = output.matmul(cotangent, true, false).mul(gaps(inputs[0], output));
    return Matrices.symmetric(output.matmul(inner).matmul(output, false, true));
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    Tensor change = Matrices.symmetric(tangent);
    Tensor turned = output.matmul(change, true, false).matmul(output);
    return output.matmul(turned.mul(gaps(inputs[0], output)));
  }

  private static Tensor gaps(Tensor a, Tensor vectors) {
    Tensor values = vectors.matmul(a, true, false).matmul(vectors).diagonal();
    return Matrices.reciprocalGaps(values);
  }
}
