package taut.core;

import java.util.stream.IntStream;
import taut.core.ops.Cholesky;
import taut.core.ops.Determinant;
import taut.core.ops.Inverse;
import taut.core.ops.MatMul;
import taut.core.ops.QrFactor;
import taut.core.ops.SingularValues;
import taut.core.ops.Solve;
import taut.core.ops.SymmetricEigenvalues;

/// Products, factors and other things of matrices, which are the last two axes. Factorizations run
/// at reference speed, in double.
public sealed interface LinearAlgebra permits Tensor {
  /// Returns this as a tensor.
  Tensor self();

  /// Returns the matrix product over the last two axes, [..., m, k] × [..., k, n] → [..., m, n];
  /// leading axes broadcast.
  ///
  /// @throws IllegalArgumentException if a rank is below 2 or the inner sizes differ
  default Tensor matmul(Tensor other) {
    return matmul(other, false, false);
  }

  /// Returns the matrix product with the last two axes of either factor taken as transposed; no
  /// transpose is made.
  ///
  /// @param transposeThis whether this tensor is stored as [..., k, m]
  /// @param transposeOther whether the other is stored as [..., n, k]
  default Tensor matmul(Tensor other, boolean transposeThis, boolean transposeOther) {
    Tensor x = self();
    MatMul op = new MatMul(transposeThis, transposeOther);
    if (x.rank() > 2 && other.rank() == 2 && !transposeThis) {
      // One product over all leading axes: their rows are contiguous. The shapes are checked as the
      // caller wrote them.
      Shape result = op.infer(x.spec(), other.spec()).shape();
      int rows = 1;
      for (int i = 0; i < x.rank() - 1; i++) {
        rows *= x.dim(i);
      }
      return op.apply(x.reshape(Shape.of(rows, x.dim(-1))), other).reshape(result);
    }
    return op.apply(x, other);
  }

  /// Returns the inner product Σ xᵢyᵢ of two vectors.
  default Tensor dot(Tensor other) {
    if (self().rank() != 1 || other.rank() != 1) {
      throw new IllegalArgumentException(
          "dot: wants two vectors, got " + self().spec() + " and " + other.spec());
    }
    return self().mul(other).sum();
  }

  /// Returns the matrix xᵢyⱼ of two vectors.
  default Tensor outer(Tensor other) {
    if (self().rank() != 1 || other.rank() != 1) {
      throw new IllegalArgumentException(
          "outer: wants two vectors, got " + self().spec() + " and " + other.spec());
    }
    return self().expandDims(1).mul(other);
  }

  /// Returns the diagonals of the last two axes, [..., m, n] → [..., min(m, n)].
  default Tensor diagonal() {
    Tensor x = matrices("diagonal");
    int columns = x.dim(-1);
    int count = Math.min(x.dim(-2), columns);
    Tensor flat =
        x.reshape(x.shape().reduced(new int[] {x.rank() - 1}, false).with(-1, x.dim(-2) * columns));
    return flat.slice(-1, 0, count == 0 ? 0 : (count - 1) * (columns + 1) + 1, columns + 1);
  }

  /// Returns the sum of the diagonal of each matrix.
  default Tensor trace() {
    return diagonal().sum(-1);
  }

  /// Returns each matrix with everything above its diagonal set to 0.
  default Tensor lowerTriangle() {
    Tensor x = matrices("lowerTriangle");
    Tensor rows = Tensor.range(x.dim(-2)).expandDims(1);
    Tensor inside = rows.greaterEqual(Tensor.range(x.dim(-1)));
    return inside.where(x, Tensor.scalar(0, x.dtype()));
  }

  private Tensor matrices(String op) {
    if (self().rank() < 2) {
      throw new IllegalArgumentException(
          op + ": wants matrices [..., rows, columns], got " + self().spec());
    }
    return self();
  }

  /// Returns the inverses of square matrices.
  ///
  /// @throws ArithmeticException if one is singular
  default Tensor inverse() {
    return Inverse.INSTANCE.apply(self());
  }

  /// Returns X with A·X = B, where this is A [..., n, n] and B is [..., n, columns].
  ///
  /// @throws ArithmeticException if a matrix is singular
  default Tensor solve(Tensor right) {
    return Solve.INSTANCE.apply(self(), right);
  }

  /// Returns the determinants of square matrices.
  default Tensor determinant() {
    return new Determinant(false).apply(self());
  }

  /// Returns the logarithms of the absolute determinants of square matrices; -∞ for a singular one.
  default Tensor logDeterminant() {
    return new Determinant(true).apply(self());
  }

  /// Returns the lower triangles L with L·Lᵀ = A of symmetric positive definite matrices.
  ///
  /// @throws ArithmeticException if one is not positive definite
  default Tensor cholesky() {
    return Cholesky.INSTANCE.apply(self());
  }

  /// The factors of A = Q·R.
  ///
  /// @param q the orthonormal columns
  /// @param r the upper triangle, with a positive diagonal
  record Qr(Tensor q, Tensor r) {}

  /// Returns the factors of A = Q·R for matrices [..., m, n] with m ≥ n of full rank.
  default Qr qr() {
    Tensor q = QrFactor.INSTANCE.apply(self());
    // Below the diagonal QᵀA is zero but for rounding.
    Tensor product = q.matmul(self(), true, false);
    Tensor rows = Tensor.range(product.dim(-2)).expandDims(1);
    Tensor upper = rows.lessEqual(Tensor.range(product.dim(-1)));
    return new Qr(q, upper.where(product, Tensor.scalar(0, product.dtype())));
  }

  /// Returns the eigenvalues of symmetric matrices, the largest first.
  default Tensor symmetricEigenvalues() {
    return SymmetricEigenvalues.INSTANCE.apply(self());
  }

  /// Returns the singular values of matrices, [..., m, n] → [..., min(m, n)], the largest first.
  default Tensor singularValues() {
    Tensor x = self();
    if (x.rank() >= 2 && x.dim(-2) < x.dim(-1)) {
      int[] order = IntStream.range(0, x.rank()).toArray();
      order[x.rank() - 1]--;
      order[x.rank() - 2]++;
      x = x.transpose(order);
    }
    return SingularValues.INSTANCE.apply(x);
  }

  /// Returns the sum of products that an equation in Einstein's notation names, such as
  /// `ij,jk->ik`; see [Einsum].
  static Tensor einsum(String equation, Tensor... operands) {
    return Einsum.of(equation, operands);
  }
}
