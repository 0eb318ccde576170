package taut.core.ops;

import taut.core.Op;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Computes determinants of square matrices, [..., n, n] → [...]. The derivative of a singular
/// matrix's determinant is an [ArithmeticException], since it is computed from the inverse.
///
/// @param logarithm whether log |det A| is computed instead, which neither over- nor underflows; it
///   is -∞ for a singular matrix
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

  /// Jacobi's formula: d log det A = tr(A⁻¹·dA).
  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    Tensor scale = logarithm ? cotangent : cotangent.mul(output);
    Tensor inverse = Inverse.INSTANCE.apply(inputs[0]);
    return Matrices.transpose(inverse).mul(scale.expandDims(-1).expandDims(-1));
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    Tensor trace = Solve.INSTANCE.apply(inputs[0], tangent).trace();
    return logarithm ? trace : trace.mul(output);
  }
}
