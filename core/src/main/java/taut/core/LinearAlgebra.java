package taut.core;

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
  /// A vector on the left is a row and one on the right a column, whose axis is not in the result:
  /// `[k] × [..., k, n] → [..., n]`, `[..., m, k] × [k] → [..., m]`, and `[k] × [k]` is a scalar.
  ///
  /// INT32 products are summed in double, and a result outside the range stops at its end.
  ///
  /// @throws IllegalArgumentException if a factor is a scalar or the inner sizes differ
  default Tensor matmul(Tensor other) {
    return matmul(other, false, false);
  }

  /// Returns the matrix product with the last two axes of either factor taken as transposed; no
  /// transpose is made.
  ///
  /// @param transposeThis whether this tensor is stored as [..., k, m]; not for a vector
  /// @param transposeOther whether the other is stored as [..., n, k]; not for a vector
  default Tensor matmul(Tensor other, boolean transposeThis, boolean transposeOther) {
    Tensor x = self();
    if (x.rank() == 1 || other.rank() == 1) {
      return vectorProduct(other, transposeThis, transposeOther);
    }
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

  private Tensor vectorProduct(Tensor other, boolean transposeThis, boolean transposeOther) {
    Tensor x = self();
    boolean row = x.rank() == 1;
    boolean column = other.rank() == 1;
    if ((row && transposeThis) || (column && transposeOther)) {
      throw new IllegalArgumentException(
          "matmul: a vector has no transpose, got " + x.spec() + " × " + other.spec());
    }
    boolean scalar = x.rank() == 0 || other.rank() == 0;
    int k = row || scalar ? x.size() : x.dim(transposeThis ? -2 : -1);
    int otherK = column || scalar ? other.size() : other.dim(transposeOther ? -1 : -2);
    if (scalar || k != otherK) {
      throw new IllegalArgumentException(
          scalar
              ? "matmul: wants no scalars, got " + x.spec() + " × " + other.spec() + "; use mul"
              : "matmul: inner dimensions differ: "
                  + x.shape()
                  + (transposeThis ? "ᵀ" : "")
                  + " × "
                  + other.shape()
                  + (transposeOther ? "ᵀ" : "")
                  + " ("
                  + k
                  + " ≠ "
                  + otherK
                  + ")");
    }
    Tensor left = row ? x.expandDims(0) : x;
    Tensor right = column ? other.expandDims(1) : other;
    Tensor product = left.matmul(right, transposeThis, transposeOther);
    Tensor withoutColumn = column ? product.squeeze(-1) : product;
    return row ? withoutColumn.squeeze(column ? -1 : -2) : withoutColumn;
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

  /// Returns each matrix with everything below its diagonal set to 0.
  default Tensor upperTriangle() {
    Tensor x = matrices("upperTriangle");
    Tensor rows = Tensor.range(x.dim(-2)).expandDims(1);
    Tensor inside = rows.lessEqual(Tensor.range(x.dim(-1)));
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

  /// Returns X with A·X = B, where this is A [..., n, n] and B is [..., n, columns] or a vector of
  /// n; leading axes broadcast.
  ///
  /// @throws ArithmeticException if a matrix is singular
  default Tensor solve(Tensor right) {
    Tensor a = self();
    if (right.rank() == 1) {
      return a.solve(right.expandDims(1)).squeeze(-1);
    }
    if (a.rank() < 2 || right.rank() < 2) {
      return Solve.INSTANCE.apply(a, right);
    }
    Shape ones = a.shape().with(-1, 1).with(-2, 1);
    Shape lead = broadcast("solve", ones, right.shape().with(-1, 1).with(-2, 1));
    return Solve.INSTANCE.apply(
        a.broadcastTo(lead.with(-2, a.dim(-2)).with(-1, a.dim(-1))),
        right.broadcastTo(lead.with(-2, right.dim(-2)).with(-1, right.dim(-1))));
  }

  private static Shape broadcast(String op, Shape a, Shape b) {
    try {
      return a.broadcast(b);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(op + ": leading axes: " + e.getMessage(), e);
    }
  }

  /// Returns the determinants of square matrices. The derivative is the matrix of cofactors, which
  /// a singular matrix has as well.
  default Tensor determinant() {
    return new Determinant(false).apply(self());
  }

  /// Returns the logarithms of the absolute determinants of square matrices; -∞ for a singular one,
  /// which has no derivative: asking for it is an `ArithmeticException`.
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

  /// Returns the factors of A = Q·R, Q [..., m, k] and R [..., k, n] with k = min(m, n), for
  /// matrices [..., m, n] whose first k columns are linearly independent.
  ///
  /// @throws ArithmeticException if those columns of a matrix are linearly dependent
  default Qr qr() {
    Tensor a = matrices("qr");
    Tensor q = QrFactor.INSTANCE.apply(a.slice(-1, 0, Math.min(a.dim(-2), a.dim(-1))));
    // Below the diagonal QᵀA is zero but for rounding.
    return new Qr(q, q.matmul(a, true, false).upperTriangle());
  }

  /// Returns the eigenvalues of symmetric matrices, the largest first; all NaN for a matrix with an
  /// element that is NaN or infinite.
  default Tensor symmetricEigenvalues() {
    return SymmetricEigenvalues.INSTANCE.apply(self());
  }

  /// Returns the singular values of matrices, [..., m, n] → [..., min(m, n)], the largest first;
  /// all NaN for a matrix with an element that is NaN or infinite.
  default Tensor singularValues() {
    Tensor a = matrices("singularValues");
    return SingularValues.INSTANCE.apply(a.dim(-2) < a.dim(-1) ? a.swapAxes(-2, -1) : a);
  }

  /// Returns the sum of products that an equation in Einstein's notation names, such as
  /// `ij,jk->ik`; see [Einsum].
  static Tensor einsum(String equation, Tensor... operands) {
    return Einsum.of(equation, operands);
  }
}
