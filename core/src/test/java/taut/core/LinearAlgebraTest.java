package taut.core;

import static taut.core.Expected.everyType;
import static taut.core.Expected.fails;
import static taut.core.Expected.values;

import org.junit.jupiter.api.Test;

/// Products and factors of matrices, against NumPy's.
class LinearAlgebraTest {
  private static final Tensor A = Tensor.of(Shape.of(3, 3), 4, 1, 2, 1, 3, 0.5, 2, 0.5, 5);
  private static final Tensor TALL = matrix(3, 2, 1, 2, 3, 4, 5, 7);
  private static final Tensor SINGULAR = matrix(2, 2, 1, 2, 2, 4);
  private static final Tensor WIDE = matrix(2, 3, 1, 2, 3, 4, 5, 6);
  private static final Tensor U = Tensor.of(Shape.of(3), 1.0, 2, 3);

  private static Tensor matrix(int rows, int columns, double... elements) {
    return Tensor.of(Shape.of(rows, columns), elements);
  }

  private static Tensor empty(int... dims) {
    return Tensor.full(Shape.of(dims), 0, DType.FLOAT64);
  }

  @Test
  void matmul() {
    values(WIDE.matmul(TALL), Shape.of(2, 2), 22, 31, 49, 70);
    values(WIDE.matmul(WIDE, false, true), Shape.of(2, 2), 14, 32, 32, 77);
    values(TALL.matmul(TALL, true, false), Shape.of(2, 2), 35, 49, 49, 69);
    values(TALL.matmul(WIDE, true, true), Shape.of(2, 2), 22, 49, 31, 70);
    Tensor pair = Tensor.of(Shape.of(2, 1, 3), 1.0, 2, 3, 4, 5, 6);
    values(pair.matmul(TALL), Shape.of(2, 1, 2), 22, 31, 49, 70);
    values(WIDE.matmul(TALL.reshape(1, 3, 2)), Shape.of(1, 2, 2), 22, 31, 49, 70);
    values(pair.matmul(pair, false, true), Shape.of(2, 1, 1), 14, 77);
    values(empty(2, 0).matmul(empty(0, 1)), Shape.of(2, 1), 0, 0);
    values(empty(0, 3).matmul(TALL), Shape.of(0, 2));
    fails(() -> WIDE.matmul(WIDE), "matmul", "inner", "[2, 3]");
    fails(() -> WIDE.cast(DType.INT32).matmul(TALL), "matmul");
    everyType(WIDE, x -> x.matmul(TALL.cast(x.dtype())), Shape.of(2, 2), 22, 31, 49, 70);
    Tensor truths = WIDE.cast(DType.BOOL);
    fails(() -> truths.matmul(truths, false, true), "matmul", "BOOL");
  }

  @Test
  void matmulWithVectors() {
    Tensor two = Tensor.of(Shape.of(2), 1.0, -1);
    values(U.matmul(TALL), Shape.of(2), 22, 31);
    values(WIDE.matmul(U), Shape.of(2), 14, 32);
    values(TALL.matmul(U, true, false), Shape.of(2), 22, 31);
    values(two.matmul(TALL, false, true), Shape.of(3), -1, -1, -2);
    values(U.matmul(U), Shape.SCALAR, 14);
    Tensor pair = Tensor.of(Shape.of(2, 1, 3), 1.0, 2, 3, 4, 5, 6);
    values(pair.matmul(U), Shape.of(2, 1), 14, 32);
    values(U.matmul(pair.reshape(2, 3, 1)), Shape.of(2, 1), 14, 32);
    values(empty(0).matmul(empty(0, 2)), Shape.of(2), 0, 0);
    fails(() -> two.matmul(TALL), "matmul", "inner", "[2] × [3, 2]", "2 ≠ 3");
    fails(() -> TALL.matmul(U), "matmul", "inner", "[3, 2] × [3]", "2 ≠ 3");
    fails(() -> WIDE.matmul(U, true, false), "matmul", "[2, 3]ᵀ × [3]", "2 ≠ 3");
    fails(() -> U.matmul(U, true, false), "matmul", "no transpose", "[3]");
    Tensor number = Tensor.scalar(1, DType.FLOAT64);
    fails(() -> number.matmul(U), "matmul", "scalars", "mul");
    fails(() -> TALL.matmul(number), "matmul", "matrices", "[]");
  }

  @Test
  void productsOfVectors() {
    Tensor v = Tensor.of(Shape.of(3), 4.0, -5, 6);
    values(U.dot(v), Shape.SCALAR, 12);
    values(U.outer(v), Shape.of(3, 3), 4, -5, 6, 8, -10, 12, 12, -15, 18);
    values(U.outer(empty(0)), Shape.of(3, 0));
    values(empty(0).dot(empty(0)), Shape.SCALAR, 0);
    fails(() -> U.dot(A), "dot", "two vectors", "[3, 3]");
    fails(() -> U.dot(Tensor.of(Shape.of(2), 1.0, 2)), "[3]", "[2]");
    fails(() -> A.outer(U), "outer", "two vectors", "[3, 3]");
  }

  @Test
  void diagonals() {
    values(A.diagonal(), Shape.of(3), 4, 3, 5);
    values(WIDE.diagonal(), Shape.of(2), 1, 5);
    values(TALL.diagonal(), Shape.of(2), 1, 4);
    values(TALL.reshape(1, 3, 2).diagonal(), Shape.of(1, 2), 1, 4);
    values(empty(0, 3).diagonal(), Shape.of(0));
    values(A.trace(), Shape.SCALAR, 12);
    values(WIDE.trace(), Shape.SCALAR, 6);
    values(empty(2, 0, 0).trace(), Shape.of(2), 0, 0);
    values(A.lowerTriangle(), Shape.of(3, 3), 4, 0, 0, 1, 3, 0, 2, 0.5, 5);
    values(A.upperTriangle(), Shape.of(3, 3), 4, 1, 2, 0, 3, 0.5, 0, 0, 5);
    values(TALL.upperTriangle(), Shape.of(3, 2), 1, 2, 0, 4, 0, 0);
    values(WIDE.lowerTriangle(), Shape.of(2, 3), 1, 0, 0, 4, 5, 0);
    values(TALL.lowerTriangle(), Shape.of(3, 2), 1, 0, 3, 4, 5, 7);
    fails(() -> U.diagonal(), "diagonal", "[..., rows, columns]", "[3]");
    fails(() -> U.trace(), "[..., rows, columns]", "[3]");
    fails(() -> U.lowerTriangle(), "lowerTriangle", "[3]");
  }

  @Test
  void inverse() {
    values(
        A.inverse(),
        Shape.of(3, 3),
        0.3352272727272727,
        -0.09090909090909091,
        -0.125,
        -0.09090909090909091,
        0.36363636363636365,
        0,
        -0.125,
        0,
        0.25);
    values(matrix(2, 2, 0, 2, 4, 0).inverse(), Shape.of(2, 2), 0, 0.25, 0.5, 0);
    values(empty(0, 2, 2).inverse(), Shape.of(0, 2, 2));
    fails(() -> WIDE.inverse(), "inverse", "square", "[2, 3]");
    fails(ArithmeticException.class, () -> SINGULAR.inverse(), "inverse", "singular");
  }

  @Test
  void solve() {
    Tensor right = matrix(3, 2, 1, 2, 3, 4, 5, 6);
    values(
        A.solve(right),
        Shape.of(3, 2),
        -0.5625,
        -0.4431818181818182,
        1,
        1.2727272727272727,
        1.125,
        1.25);
    values(A.solve(empty(3, 0)), Shape.of(3, 0));
    values(A.solve(Tensor.of(Shape.of(3), 1.0, 3, 5)), Shape.of(3), -0.5625, 1, 1.125);
    Tensor twice = Rearrangements.stack(0, right, right.mul(2));
    values(A.solve(twice).slice(0, 1, 2), Shape.of(1, 3, 2), A.solve(right).mul(2).toDoubles());
    values(Rearrangements.stack(0, A, A.mul(2)).solve(U), Shape.of(2, 3), pair(A.solve(U)));
    fails(() -> twice.swapAxes(1, 2).matmul(twice).pad(0, 0, 1, 1).solve(twice), "solve", "3 ≠ 2");
    fails(() -> A.solve(WIDE), "solve", "[3, 3]", "[2, 3]");
    fails(() -> WIDE.solve(WIDE), "solve", "square", "[2, 3]");
    fails(ArithmeticException.class, () -> SINGULAR.solve(matrix(2, 1, 1, 1)), "solve", "singular");
  }

  private static double[] pair(Tensor x) {
    return Rearrangements.concat(0, x, x.mul(0.5)).toDoubles();
  }

  @Test
  void determinants() {
    values(A.determinant(), Shape.SCALAR, 44);
    values(A.neg().logDeterminant(), Shape.SCALAR, 3.7841896339182615);
    Tensor several = Tensor.of(Shape.of(2, 2, 2), 1.0, 2, 3, 4, 0, 1, 1, 0);
    values(several.determinant(), Shape.of(2), -2, -1);
    values(several.logDeterminant(), Shape.of(2), 0.6931471805599453, 0);
    values(SINGULAR.determinant(), Shape.SCALAR, 0);
    values(SINGULAR.logDeterminant(), Shape.SCALAR, Double.NEGATIVE_INFINITY);
    values(empty(0, 0).determinant(), Shape.SCALAR, 1);
    values(empty(0, 0).logDeterminant(), Shape.SCALAR, 0);
    fails(() -> WIDE.determinant(), "determinant", "square", "[2, 3]");
    fails(() -> U.logDeterminant(), "[3]");
  }

  @Test
  void cholesky() {
    values(A.cholesky(), Shape.of(3, 3), 2, 0, 0, 0.5, 1.6583123951777, 0, 1, 0, 2);
    values(empty(0, 3, 3).cholesky(), Shape.of(0, 3, 3));
    fails(() -> WIDE.cholesky(), "cholesky", "square", "[2, 3]");
    fails(ArithmeticException.class, () -> A.neg().cholesky(), "cholesky", "positive definite");
  }

  @Test
  void qr() {
    var factors = TALL.qr();
    // NumPy's factors, with the signs that make the diagonal of R positive.
    values(
        factors.q(),
        Shape.of(3, 2),
        0.16903085094570325,
        0.9486832980505133,
        0.5070925528371099,
        -0.31622776601683833,
        0.8451542547285166,
        0);
    values(
        factors.r(), Shape.of(2, 2), 5.916079783099616, 8.282511696339462, 0, 0.6324555320336759);
    values(factors.q().matmul(factors.r()), Shape.of(3, 2), 1, 2, 3, 4, 5, 7);
    var wide = WIDE.qr();
    double root = Math.sqrt(17);
    values(wide.q(), Shape.of(2, 2), 1 / root, 4 / root, 4 / root, -1 / root);
    // R is QᵀA, the sign of its first two diagonal elements positive.
    values(wide.r(), Shape.of(2, 3), 17 / root, 22 / root, 27 / root, 0, 3 / root, 6 / root);
    values(wide.q().matmul(wide.r()), Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    fails(() -> U.qr(), "qr", "[..., rows, columns]", "[3]");
    fails(ArithmeticException.class, () -> SINGULAR.qr(), "qr", "column 1", "[2, 2]");
  }

  @Test
  void spectra() {
    values(
        A.symmetricEigenvalues(),
        Shape.of(3),
        6.831254430698204,
        3.0722239520050754,
        2.096521617296718);
    values(TALL.singularValues(), Shape.of(2), 10.191428257097224, 0.3671376859438993);
    values(TALL.transpose().singularValues(), Shape.of(2), 10.191428257097224, 0.3671376859438993);
    values(empty(0, 2, 2).symmetricEigenvalues(), Shape.of(0, 2));
    values(empty(3, 0).singularValues(), Shape.of(0));
    Tensor symmetric = matrix(2, 2, 1, 2, 2, 4);
    for (double scale : new double[] {1e200, 1e-200, 0x1p1020, 0x1p-1060}) {
      values(symmetric.mul(scale).symmetricEigenvalues().div(scale), Shape.of(2), 5, 0);
      values(symmetric.mul(scale).singularValues().div(scale), Shape.of(2), 5, 0);
    }
    for (double wrong : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      Tensor unusable = matrix(2, 2, 1, wrong, 2, 3);
      values(unusable.symmetricEigenvalues(), Shape.of(2), Double.NaN, Double.NaN);
      values(unusable.singularValues(), Shape.of(2), Double.NaN, Double.NaN);
    }
    fails(() -> WIDE.symmetricEigenvalues(), "square", "[2, 3]");
    fails(() -> U.singularValues(), "singularValues", "[3]");
    fails(() -> WIDE.cast(DType.INT32).singularValues(), "singularValues", "INT32");
  }

  @Test
  void einsum() {
    values(LinearAlgebra.einsum("ij,jk->ik", WIDE, TALL), Shape.of(2, 2), 22, 31, 49, 70);
    values(LinearAlgebra.einsum("ij->ji", WIDE), Shape.of(3, 2), 1, 4, 2, 5, 3, 6);
    values(LinearAlgebra.einsum("ij->j", WIDE), Shape.of(3), 5, 7, 9);
    values(LinearAlgebra.einsum("i,i->", U, U), Shape.SCALAR, 14);
    fails(() -> LinearAlgebra.einsum("ij,jk->ik", WIDE), "einsum", "ij,jk->ik", "1");
    fails(() -> LinearAlgebra.einsum("ij,jk->ik", WIDE, WIDE), "einsum", "'j'");
    fails(() -> LinearAlgebra.einsum("ij->ik", WIDE), "einsum", "ik");
  }
}
