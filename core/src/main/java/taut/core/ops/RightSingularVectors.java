package taut.core.ops;

import taut.core.Op;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Computes the right singular vectors of matrices with at least as many rows as columns, [..., m,
/// n] → [..., n, n], as the columns of V, those of the largest singular values first.
///
/// They are the eigenvectors of AᵀA, found without forming it. The derivative wants distinct
/// singular values; between equal ones, where it does not exist, it is taken as 0.
public enum RightSingularVectors implements Op {
  /// The op; it has no attributes.
  INSTANCE;

  @Override
  public String label() {
    return "rightSingularVectors";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    TensorSpec a = Matrices.checkTall(label(), inputs[0]);
    return new TensorSpec(a.shape().with(-2, a.shape().dim(-1)), a.dtype());
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    int m = inputs[0].dim(-2);
    int n = inputs[0].dim(-1);
    return Matrices.map(spec, inputs[0], matrix -> new ColumnRotations(matrix, m, n).vectors());
  }

  /// With B = A·V and Fᵢⱼ = 1 / (sⱼ² - sᵢ²) off the diagonal: dV = V·(F ∘ (BᵀdA·V + (BᵀdA·V)ᵀ)),
  /// and so, with M = F ∘ VᵀC, the cotangent of A is B·(M + Mᵀ)·Vᵀ.
  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    Tensor b = inputs[0].matmul(output);
    Tensor m = output.matmul(cotangent, true, false).mul(gaps(b));
    return b.matmul(m.add(Matrices.transpose(m))).matmul(output, false, true);
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    Tensor b = inputs[0].matmul(output);
    Tensor turned = b.matmul(tangent, true, false).matmul(output);
    return output.matmul(turned.add(Matrices.transpose(turned)).mul(gaps(b)));
  }

  private static Tensor gaps(Tensor b) {
    return Matrices.reciprocalGaps(b.sumOfSquares(-2));
  }
}
