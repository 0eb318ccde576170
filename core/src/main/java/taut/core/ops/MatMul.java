package taut.core.ops;

import taut.core.DType;
import taut.core.Op;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.Broadcast;
import taut.core.kernels.Kernels;

/// Multiplies matrices: op(A) · op(B) over the last two axes, where op transposes if its flag says
/// so; leading axes broadcast.
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
    if (dtype == DType.BOOL) {
      throw new IllegalArgumentException("matmul: does not take BOOL, got " + a + " × " + b);
    }
    if (a.shape().rank() < 2 || b.shape().rank() < 2) {
      throw new IllegalArgumentException(
          "matmul: wants matrices, got " + show(a, transposeA) + " × " + show(b, transposeB));
    }
    int ka = a.shape().dim(transposeA ? -2 : -1);
    int kb = b.shape().dim(transposeB ? -1 : -2);
    if (ka != kb) {
      throw new IllegalArgumentException(
          "matmul: inner dimensions differ: "
              + show(a, transposeA)
              + " × "
              + show(b, transposeB)
              + " ("
              + ka
              + " ≠ "
              + kb
              + ")");
    }
    int m = a.shape().dim(transposeA ? -1 : -2);
    int n = b.shape().dim(transposeB ? -2 : -1);
    Shape batch =
        a.shape().rank() == 2 && b.shape().rank() == 2
            ? Shape.SCALAR
            : Elementwise.broadcast(
                "matmul",
                new TensorSpec(lead(a.shape()), dtype),
                new TensorSpec(lead(b.shape()), dtype));
    return new TensorSpec(batch.append(m).append(n), dtype);
  }

  private static String show(TensorSpec spec, boolean transposed) {
    return spec.shape() + (transposed ? "ᵀ" : "");
  }

  private static Shape lead(Shape shape) {
    return shape.first(shape.rank() - 2);
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor a = inputs[0];
    Tensor b = inputs[1];
    Tensor output = Tensor.allocate(spec);
    int m = spec.shape().dim(-2);
    int n = spec.shape().dim(-1);
    int k = a.dim(transposeA ? -2 : -1);
    if (a.rank() == 2 && b.rank() == 2) {
      multiply(m, n, k, a, 0, b, 0, output, 0, false);
      return output;
    }
    Broadcast.of(lead(a.shape()), lead(b.shape()), lead(spec.shape()))
        .forEach(
            (i, j, o) -> multiply(m, n, k, a, i * m * k, b, j * k * n, output, o * m * n, false));
    return output;
  }

  private void multiply(
      int m,
      int n,
      int k,
      Tensor a,
      int aStart,
      Tensor b,
      int bStart,
      Tensor out,
      int outStart,
      boolean add) {
    Kernels.active()
        .matmul(
            m,
            n,
            k,
            a.storage(),
            aStart,
            transposeA,
            b.storage(),
            bStart,
            transposeB,
            out.storage(),
            outStart,
            add);
  }

  /// A product and a sum for each row, column and inner index.
  @Override
  public long flops(TensorSpec[] inputs, TensorSpec output) {
    return 2L * output.shape().size() * inputs[0].shape().dim(transposeA ? -2 : -1);
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    Product product = product(input, inputs, cotangent);
    Tensor full = product.op.apply(product.left, product.right);
    return Elementwise.sumTo(full, inputs[input].shape());
  }

  /// A product that gives the gradient of a factor.
  private record Product(MatMul op, Tensor left, Tensor right) {}

  /// With C = A·B and the gradient G of C: the gradient of A is G·Bᵀ, that of B is Aᵀ·G; the flags
  /// say which factor is stored transposed, and so in which order the gradient must come out.
  private Product product(int input, Tensor[] inputs, Tensor g) {
    Tensor a = inputs[0];
    Tensor b = inputs[1];
    if (input == 0) {
      return transposeA
          ? new Product(new MatMul(transposeB, true), b, g)
          : new Product(new MatMul(false, !transposeB), g, b);
    }
    return transposeB
        ? new Product(new MatMul(true, transposeA), g, a)
        : new Product(new MatMul(!transposeA, false), a, g);
  }

  @Override
  public boolean accumulates(int input, Tensor[] inputs, boolean add) {
    return inputs[0].rank() == 2 && inputs[1].rank() == 2;
  }

  @Override
  public void accumulate(
      int input, Tensor[] inputs, Tensor output, Tensor cotangent, Tensor sum, boolean add) {
    Product product = product(input, inputs, cotangent);
    int k = product.left.dim(product.op.transposeA ? 0 : 1);
    product.op.multiply(sum.dim(0), sum.dim(1), k, product.left, 0, product.right, 0, sum, 0, add);
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    return input == 0 ? apply(tangent, inputs[1]) : apply(inputs[0], tangent);
  }
}
