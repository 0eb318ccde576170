package taut.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import taut.core.DType;
import taut.core.Rearrangements;
import taut.core.Shape;
import taut.core.Tensor;

/// Derivatives at matrices that have no inverse, or hardly one, against numbers worked out by hand.
class SingularMatrixTest {
  private static Tensor matrix(int n, double... elements) {
    return Tensor.of(Shape.of(n, n), elements);
  }

  private static double[] gradient(Tensor a) {
    return Autodiff.grad(x -> x.determinant().sum()).apply(a).toDoubles();
  }

  @Test
  void gradientOfADeterminantIsTheCofactors() {
    assertArrayEquals(new double[] {4, -2, -2, 1}, gradient(matrix(2, 1, 2, 2, 4)), 1e-12);
    assertArrayEquals(
        new double[] {-3, 6, -3, 6, -12, 6, -3, 6, -3},
        gradient(matrix(3, 1, 2, 3, 4, 5, 6, 7, 8, 9)),
        1e-12);
    assertArrayEquals(new double[] {1}, gradient(matrix(1, 0)));
    // Of rank n - 2 and less all cofactors are 0.
    assertArrayEquals(new double[9], gradient(matrix(3, 1, 2, 3, 2, 4, 6, 3, 6, 9)), 1e-12);
    assertArrayEquals(new double[9], gradient(matrix(3, new double[9])));
    Tensor both = Rearrangements.stack(0, matrix(2, 1, 2, 2, 4), matrix(2, 1, 2, 3, 4));
    assertArrayEquals(new double[] {4, -2, -2, 1, 4, -3, -2, 1}, gradient(both), 1e-12);
    assertArrayEquals(
        new double[] {4, -2, -2, 1}, gradient(matrix(2, 1, 2, 2, 4).cast(DType.FLOAT32)), 1e-6);
  }

  /// Against cofactors that are determinants of minors, at a size where derivatives of cofactors
  /// come from the inverse otherwise.
  @Test
  void gradientOfALargeSingularDeterminant() {
    int n = 10;
    Tensor a = new Draw(3).any(n, n).mul(0.5);
    Tensor singular = Rearrangements.concat(0, a.slice(0, 0, n - 1), a.slice(0, 2, 3).mul(2));
    double[] wanted = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double minor = without(without(singular, 0, i), 1, j).determinant().item();
        wanted[i * n + j] = (i + j) % 2 == 0 ? minor : -minor;
      }
    }
    assertArrayEquals(wanted, gradient(singular), 1e-10);
  }

  private static Tensor without(Tensor x, int axis, int place) {
    return Rearrangements.concat(
        axis, x.slice(axis, 0, place), x.slice(axis, place + 1, x.dim(axis)));
  }

  @Test
  void hessianOfADeterminantAtZero() {
    // det A = ad - bc, whose second derivatives are constant.
    Tensor hessian = Autodiff.hessian(Tensor::determinant).apply(matrix(2, 0, 0, 0, 0));
    double[] wanted = new double[16];
    wanted[3] = 1;
    wanted[6] = -1;
    wanted[9] = -1;
    wanted[12] = 1;
    assertArrayEquals(wanted, hessian.toDoubles(), 1e-12);
  }

  @Test
  void logarithmOfASingularDeterminantHasNone() {
    Tensor singular = matrix(2, 1, 2, 2, 4);
    String message =
        assertThrows(
                ArithmeticException.class,
                () -> Autodiff.grad(Tensor::logDeterminant).apply(singular))
            .getMessage();
    assertTrue(message.startsWith("logDeterminant: a matrix of size 2 is singular"), message);
  }

  /// AᵀA in FLOAT32 could not tell singular values of 1e-4 and 2e-4 apart beside one of 1.
  @Test
  void gradientOfASmallSingularValueInSinglePrecision() {
    double c = Math.cos(0.7);
    double s = Math.sin(0.7);
    Tensor first = matrix(3, c, -s, 0, s, c, 0, 0, 0, 1);
    Tensor second = matrix(3, 1, 0, 0, 0, c, -s, 0, s, c);
    Tensor r = first.matmul(second);
    // A = R·diag(1, 2e-4, 1e-4)·Rᵀ, so that the gradient of the smallest value is the outer product
    // of R's last column with itself.
    Tensor a = r.mul(Tensor.of(Shape.of(3), 1, 2e-4, 1e-4)).matmul(r, false, true);
    Tensor last = r.slice(1, 2, 3);
    double[] got =
        Autodiff.grad(x -> x.singularValues().slice(0, 2, 3).sum())
            .apply(a.cast(DType.FLOAT32))
            .toDoubles();
    assertArrayEquals(last.mul(last.transpose()).toDoubles(), got, 3e-3);
  }

  @Test
  void singularValueThatIsZeroHasGradientZero() {
    Tensor a = matrix(2, 3, 0, 0, 0);
    double[] got = Autodiff.grad(x -> x.singularValues().sum()).apply(a).toDoubles();
    assertArrayEquals(new double[] {1, 0, 0, 0}, got);
    assertEquals(0, a.singularValues().toDoubles()[1]);
  }
}
