package taut.core.ops;

import java.util.Arrays;
import taut.core.Op;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Solves A·X = B for X: inputs A [..., n, n] and B [..., n, columns] with the same leading axes.
public enum Solve implements Op {
  /// The op; it has no attributes.
  INSTANCE;

  @Override
  public String label() {
    return "solve";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    Matrices.checkSquare(label(), inputs[0]);
    Matrices.check(label(), inputs[1]);
    Elementwise.sameDType(label(), inputs[0], inputs[1]);
    int columns = inputs[1].shape().dim(-1);
    if (!inputs[0].shape().with(-1, columns).equals(inputs[1].shape())) {
      throw new IllegalArgumentException(
          "solve: "
              + inputs[0].shape()
              + " · X = "
              + inputs[1].shape()
              + " does not fit; leading axes and rows must agree");
    }
    return inputs[1];
  }

  /// @throws ArithmeticException if a matrix is singular
  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    int n = spec.shape().dim(-2);
    int columns = spec.shape().dim(-1);
    double[] right = inputs[1].toDoubles();
    int[] next = {0};
    return Matrices.map(
        spec,
        inputs[0],
        matrix -> {
          int from = next[0]++ * n * columns;
          double[] b = Arrays.copyOfRange(right, from, from + n * columns);
          return new LuFactors(matrix, n).solve(label(), b, columns);
        });
  }

  /// With G = A⁻ᵀ·C: the cotangent of B is G, that of A is -G·Xᵀ.
  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    Tensor g = apply(Matrices.transpose(inputs[0]), cotangent);
    return input == 1 ? g : g.matmul(output, false, true).neg();
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    return apply(inputs[0], input == 1 ? tangent : tangent.matmul(output).neg());
  }
}
