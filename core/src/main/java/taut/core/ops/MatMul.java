package taut.core.ops;

import java.util.Arrays;
import taut.core.DType;
import taut.core.Op;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.Broadcast;
import taut.core.kernels.Kernels;

/// Multiplies matrices: op(A) · op(B) over the last two axes, where op transposes if its flag says so; leading axes broadcast.
///
/// @param transposeA whether A is stored as [..., k, m]
/// @param transposeB whether B is stored as [..., n, k]
public record MatMul(boolean transposeA, boolean transposeB) implements Op {
  @Override
  public String label() {
    return "matmul";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    TensorSpec a = inputs[0];
    TensorSpec b = inputs[1];
    DType dtype = Elementwise.sameDType("matmul", a, b);
    if (!dtype.isFloating()) {
      throw new IllegalArgumentException(
          "matmul: wants floating-point elements, got " + a + " × " + b);
    }
    if (a.shape().rank() < 2 || b.shape().rank() < 2) {
      throw new IllegalArgumentException(
          "matmul: wants matrices, got " + show(a, transposeA) + " × " + show(b, transposeB)
              + "; use expandDims to make a vector a row or a column");
    }
    int ka = a.shape().dim(transposeA ? -2 : -1);
    int kb = b.shape().dim(transposeB ? -1 : -2);
    if (ka != kb) {
      throw new IllegalArgumentException(
          "matmul: inner dimensions differ: " + show(a, transposeA) + " × " + show(b, transposeB)
              + " (" + ka + " ≠ " + kb + ")");
    }
    int m = a.shape().dim(transposeA ? -1 : -2);
    int n = b.shape().dim(transposeB ? -2 : -1);
    Shape batch =
        Elementwise.broadcast(
            "matmul", new TensorSpec(lead(a.shape()), dtype), new TensorSpec(lead(b.shape()), dtype));
    int[] dims = Arrays.copyOf(batch.toArray(), batch.rank() + 2);
    dims[batch.rank()] = m;
    dims[batch.rank() + 1] = n;
    return new TensorSpec(Shape.of(dims), dtype);
  }

  private static String show(TensorSpec spec, boolean transposed) {
    return spec.shape() + (transposed ? "ᵀ" : "");
  }

  private static Shape lead(Shape shape) {
    return shape.rank() == 2
        ? Shape.SCALAR
        : Shape.of(Arrays.copyOf(shape.toArray(), shape.rank() - 2));
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor a = inputs[0];
    Tensor b = inputs[1];
    Tensor output = Tensor.allocate(spec);
    int m = spec.shape().dim(-2);
    int n = spec.shape().dim(-1);
    int k = a.dim(transposeA ? -2 : -1);
    Kernels kernels = Kernels.active();
    Broadcast.of(lead(a.shape()), lead(b.shape()), lead(spec.shape()))
        .forEach(
            (i, j, o) ->
                kernels.matmul(
                    m, n, k, a.storage(), i * m * k, transposeA, b.storage(), j * k * n, transposeB,
                    output.storage(), o * m * n));
    return output;
  }

  /// A product and a sum for each row, column and inner index.
  @Override
  public long flops(TensorSpec[] inputs, TensorSpec output) {
    return 2L * output.shape().size() * inputs[0].shape().dim(transposeA ? -2 : -1);
  }

  /// With C = A·B and the gradient G of C: the gradient of A is G·Bᵀ, that of B is Aᵀ·G; the flags say which factor is
  /// stored transposed, and so in which order the gradient must come out.
  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    Tensor a = inputs[0];
    Tensor b = inputs[1];
    Tensor full;
    if (input == 0) {
      full =
          transposeA
              ? b.matmul(cotangent, transposeB, true)
              : cotangent.matmul(b, false, !transposeB);
    } else {
      full =
          transposeB
              ? cotangent.matmul(a, true, transposeA)
              : a.matmul(cotangent, !transposeA, false);
    }
    return Elementwise.sumTo(full, inputs[input].shape());
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    return input == 0 ? apply(tangent, inputs[1]) : apply(inputs[0], tangent);
  }
}
