package taut.core.ops;

import taut.core.Op;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Inverts square matrices [..., n, n].
public enum Inverse implements Op {
  /// The op; it has no attributes.
  INSTANCE;

  @Override
  public String label() {
    return "inverse";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    return Matrices.checkSquare(label(), inputs[0]);
  }

  /// @throws ArithmeticException if a matrix is singular
  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    int n = spec.shape().dim(-1);
    double[] identity = new double[n * n];
    for (int i = 0; i < n; i++) {
      identity[i * (n + 1)] = 1;
    }
    return Matrices.map(
        spec, inputs[0], matrix -> new LuFactors(matrix, n).solve(label(), identity, n));
  }

  /// From d(A⁻¹) = -A⁻¹·dA·A⁻¹.
  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    return output.matmul(cotangent, true, false).matmul(output, false, true).neg();
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    return output.matmul(tangent).matmul(output).neg();
  }
}
