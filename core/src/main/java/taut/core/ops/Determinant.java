package taut.core.ops;

import taut.core.Op;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Computes determinants of square matrices, [..., n, n] → [...].
///
/// @param logarithm whether log |det A| is computed instead, which neither over- nor underflows; it
///   is -∞ for a singular matrix, and then has no derivative
public record Determinant(boolean logarithm) implements Op {
  @Override
  public String label() {
    return logarithm ? "logDeterminant" : "determinant";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    return Matrices.scalars(Matrices.checkSquare(label(), inputs[0]));
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    int n = inputs[0].dim(-1);
    if (n == 0) {
      return Tensor.full(spec.shape(), logarithm ? 0 : 1, spec.dtype());
    }
    return Matrices.map(
        spec,
        inputs[0],
        matrix -> {
          LuFactors factors = new LuFactors(matrix, n);
          return new double[] {
            logarithm ? factors.logAbsoluteDeterminant() : factors.determinant()
          };
        });
  }

  /// d det A = Σ cofactors ∘ dA, and by Jacobi's formula d log |det A| = tr(A⁻¹·dA).
  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    Tensor slope =
        logarithm
            ? Matrices.transpose(Inverse.INSTANCE.apply(regular(inputs[0], output)))
            : Cofactors.INSTANCE.apply(inputs[0]);
    return slope.mul(cotangent.expandDims(-1).expandDims(-1));
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    return logarithm
        ? Solve.INSTANCE.apply(regular(inputs[0], output), tangent).trace()
        : Cofactors.INSTANCE.apply(inputs[0]).mul(tangent).sum(-2, -1);
  }

  /// @throws ArithmeticException if a matrix is singular
  private Tensor regular(Tensor a, Tensor logarithms) {
    if (logarithms.equal(Double.NEGATIVE_INFINITY).any().item() != 0) {
      throw new ArithmeticException(
          label()
              + ": a matrix of size "
              + a.dim(-1)
              + " is singular, where the logarithm of its determinant has no derivative");
    }
    return a;
  }
}
