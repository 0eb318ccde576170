package taut.core;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static taut.core.Expected.everyType;
import static taut.core.Expected.fails;
import static taut.core.Expected.values;

import org.junit.jupiter.api.Test;

/// Reductions over all sorts of axes, against literals, those of floating-point numbers made by
/// NumPy.
class ReductionsTest {
  private static final Tensor X = Tensor.of(Shape.of(2, 3), 1.0, 2, 3, 4, 5, 6);
  private static final Tensor SIGNED = Tensor.of(Shape.of(2, 3), 3.0, -1, 2, -5, 2, 2);
  private static final Tensor NONE = Tensor.full(Shape.of(0, 2), 0, DType.FLOAT64);
  private static final Tensor HOLE = Tensor.of(Shape.of(3), 1, NaN, 3);
  private static final Tensor TRUTHS = Tensor.of(Shape.of(2, 2), true, false, true, true);
  private static final Tensor NO_TRUTHS = Tensor.of(Shape.of(0), new boolean[0]);

  @Test
  void sum() {
    everyType(X, x -> x.sum(), Shape.SCALAR, 21);
    everyType(X, x -> x.sum(0), Shape.of(3), 5, 7, 9);
    everyType(X, x -> x.sum(-1), Shape.of(2), 6, 15);
    everyType(X, x -> x.sum(true, -2), Shape.of(1, 3), 5, 7, 9);
    everyType(X, x -> x.sum(true), Shape.of(1, 1), 21);
    everyType(X, x -> x.reshape(1, 2, 3).sum(0, -1), Shape.of(2), 6, 15);
    values(NONE.sum(0), Shape.of(2), 0, 0);
    values(NONE.sum(1), Shape.of(0));
    values(HOLE.sum(), Shape.SCALAR, NaN);
    fails(() -> X.sum(2), "sum", "axis 2", "[2, 3]");
    fails(() -> X.sum(1, -1), "sum", "twice");
    fails(() -> TRUTHS.sum(), "sum", "BOOL", "cast");
  }

  @Test
  void mean() {
    values(X.mean(), Shape.SCALAR, 3.5);
    values(X.mean(0), Shape.of(3), 2.5, 3.5, 4.5);
    values(X.mean(true, -1), Shape.of(2, 1), 2, 5);
    values(NONE.mean(), Shape.SCALAR, NaN);
    values(NONE.mean(0), Shape.of(2), NaN, NaN);
    fails(() -> X.mean(-3), "mean", "axis -3", "[2, 3]");
    fails(() -> X.cast(DType.INT32).mean(), "mean", "INT32", "cast");
  }

  @Test
  void extremes() {
    everyType(SIGNED, x -> x.min(), Shape.SCALAR, -5);
    everyType(SIGNED, x -> x.min(0), Shape.of(3), -5, -1, 2);
    everyType(SIGNED, x -> x.min(true, -1), Shape.of(2, 1), -1, -5);
    everyType(SIGNED, x -> x.max(), Shape.SCALAR, 3);
    everyType(SIGNED, x -> x.max(0), Shape.of(3), 3, 2, 2);
    everyType(SIGNED, x -> x.max(true, -1), Shape.of(2, 1), 3, 2);
    values(HOLE.min(), Shape.SCALAR, NaN);
    values(HOLE.max(), Shape.SCALAR, NaN);
    values(NONE.min(0), Shape.of(2), POSITIVE_INFINITY, POSITIVE_INFINITY);
    values(NONE.max(), Shape.SCALAR, NEGATIVE_INFINITY);
    fails(() -> X.min(2), "minimum", "axis 2", "[2, 3]");
    fails(() -> X.max(2), "maximum", "axis 2", "[2, 3]");
  }

  @Test
  void positionsOfExtremes() {
    values(SIGNED.argmax(1), Shape.of(2), 0, 1);
    values(SIGNED.argmax(-2), Shape.of(3), 0, 1, 0);
    values(SIGNED.argmin(-1), Shape.of(2), 1, 0);
    values(SIGNED.argmin(0), Shape.of(3), 1, 0, 0);
    values(HOLE.argmax(0), Shape.SCALAR, 1);
    values(HOLE.argmin(0), Shape.SCALAR, 1);
    values(TRUTHS.argmin(1), Shape.of(2), 1, 0);
    Tensor whole = Tensor.of(Shape.of(3), 0, Integer.MIN_VALUE, Integer.MAX_VALUE);
    values(whole.argmin(0), Shape.SCALAR, 1);
    values(whole.argmax(0), Shape.SCALAR, 2);
    values(NONE.argmax(1), Shape.of(0));
    assertEquals(DType.INT32, X.argmax(0).dtype());
    assertEquals(DType.INT32, X.argmin(0).dtype());
    fails(() -> NONE.argmax(0), "argmax", "axis 0", "[0, 2]");
    fails(() -> NONE.argmin(0), "argmin", "axis 0", "[0, 2]");
    values(SIGNED.argmax(), Shape.SCALAR, 0);
    values(SIGNED.argmin(), Shape.SCALAR, 3);
    values(Tensor.scalar(4).argmax(), Shape.SCALAR, 0);
    fails(() -> NONE.argmax(), "argmax", "no elements");
    fails(() -> NONE.argmin(), "argmin", "no elements");
    fails(() -> X.argmax(2), "argmax", "axis 2", "[2, 3]");
    fails(() -> X.argmin(-3), "argmin", "axis -3", "[2, 3]");
  }

  @Test
  void sumsOfPowers() {
    everyType(SIGNED, x -> x.sumOfSquares(), Shape.SCALAR, 47);
    everyType(SIGNED, x -> x.sumOfSquares(-1), Shape.of(2), 14, 33);
    everyType(SIGNED, x -> x.sumOfSquares(true, 0), Shape.of(1, 3), 34, 5, 8);
    everyType(SIGNED, x -> x.sumOfAbsolutes(), Shape.SCALAR, 15);
    everyType(SIGNED, x -> x.sumOfAbsolutes(-1), Shape.of(2), 6, 9);
    everyType(SIGNED, x -> x.sumOfAbsolutes(true, 0), Shape.of(1, 3), 8, 3, 4);
    values(NONE.sumOfSquares(0), Shape.of(2), 0, 0);
    values(NONE.sumOfAbsolutes(0), Shape.of(2), 0, 0);
    fails(() -> X.sumOfSquares(2), "sumOfSquares", "axis 2", "[2, 3]");
    fails(() -> X.sumOfAbsolutes(2), "sumOfAbsolutes", "axis 2", "[2, 3]");
  }

  @Test
  void product() {
    everyType(SIGNED, x -> x.prod(), Shape.SCALAR, 120);
    everyType(SIGNED, x -> x.prod(0), Shape.of(3), -15, -2, 4);
    everyType(SIGNED, x -> x.prod(true, -1), Shape.of(2, 1), -6, -20);
    values(NONE.prod(0), Shape.of(2), 1, 1);
    fails(() -> X.prod(2), "product", "axis 2", "[2, 3]");
  }

  @Test
  void anyAndAll() {
    values(TRUTHS.any(0).cast(DType.INT32), Shape.of(2), 1, 1);
    values(TRUTHS.all(0).cast(DType.INT32), Shape.of(2), 1, 0);
    values(TRUTHS.all(-1).cast(DType.INT32), Shape.of(2), 0, 1);
    values(TRUTHS.any().cast(DType.INT32), Shape.SCALAR, 1);
    values(TRUTHS.all().cast(DType.INT32), Shape.SCALAR, 0);
    values(NO_TRUTHS.any().cast(DType.INT32), Shape.SCALAR, 0);
    values(NO_TRUTHS.all().cast(DType.INT32), Shape.SCALAR, 1);
    Tensor three = Rearrangements.stack(0, TRUTHS, TRUTHS.not());
    values(three.any(true, 0, -1).cast(DType.INT32), Shape.of(1, 2, 1), 1, 1);
    values(three.all(true, 1, 2).cast(DType.INT32), Shape.of(2, 1, 1), 0, 0);
    values(three.any(1, 2).cast(DType.INT32), Shape.of(2), 1, 1);
    fails(() -> TRUTHS.any(2), "any", "axis 2", "[2, 2]");
    fails(() -> TRUTHS.all(0, -2), "all", "twice");
    assertEquals(DType.BOOL, TRUTHS.any().dtype());
    assertEquals(DType.BOOL, TRUTHS.all().dtype());
    fails(() -> X.any(), "any", "BOOL", "FLOAT64");
    fails(() -> X.all(), "all", "BOOL", "FLOAT64");
  }

  @Test
  void variance() {
    values(X.variance(), Shape.SCALAR, 2.9166666666666665);
    values(X.variance(0), Shape.of(3), 2.25, 2.25, 2.25);
    values(X.variance(true, -1), Shape.of(2, 1), 0.6666666666666666, 0.6666666666666666);
    values(X.standardDeviation(1), Shape.of(2), 0.816496580927726, 0.816496580927726);
    values(X.standardDeviation(true, 0), Shape.of(1, 3), 1.5, 1.5, 1.5);
    values(X.standardDeviation(true, 0, 1), Shape.of(1, 1), Math.sqrt(35 / 12.0));
    values(NONE.variance(), Shape.SCALAR, NaN);
    fails(() -> X.variance(2), "variance", "axis 2", "[2, 3]");
    fails(() -> X.standardDeviation(2), "standardDeviation", "axis 2", "[2, 3]");
  }

  @Test
  void logSumExp() {
    values(X.logSumExp(), Shape.SCALAR, 6.456193316018123);
    values(X.logSumExp(-1), Shape.of(2), 3.40760596444438, 6.407605964444381);
    values(
        X.logSumExp(true, 0),
        Shape.of(1, 3),
        4.048587351573742,
        5.048587351573742,
        6.048587351573742);
    values(X.add(1000).logSumExp(), Shape.SCALAR, 1006.456193316018123);
    Tensor infinite = Tensor.of(Shape.of(2), NEGATIVE_INFINITY, NEGATIVE_INFINITY);
    values(infinite.logSumExp(), Shape.SCALAR, NEGATIVE_INFINITY);
    values(infinite.neg().logSumExp(), Shape.SCALAR, POSITIVE_INFINITY);
    values(HOLE.logSumExp(), Shape.SCALAR, NaN);
    values(NONE.logSumExp(0), Shape.of(2), NEGATIVE_INFINITY, NEGATIVE_INFINITY);
    fails(() -> X.cast(DType.INT32).logSumExp(), "logSumExp", "INT32", "cast");
    fails(() -> X.logSumExp(2), "logSumExp", "axis 2", "[2, 3]");
  }

  @Test
  void norm() {
    values(X.norm(), Shape.SCALAR, 9.539392014169456);
    values(X.norm(0), Shape.of(3), 4.123105625617661, 5.385164807134504, 6.708203932499369);
    values(Tensor.of(Shape.of(1, 2), 3.0, 4).norm(true, -1), Shape.of(1, 1), 5);
    values(NONE.norm(0), Shape.of(2), 0, 0);
    fails(() -> X.norm(2), "norm", "axis 2", "[2, 3]");
  }

  @Test
  void normsOfAnyOrder() {
    Tensor x = Tensor.of(Shape.of(2, 2), 3.0, -4, 0, 12);
    values(x.norm(1, false, 1), Shape.of(2), 7, 12);
    values(x.norm(2, true, 1), Shape.of(2, 1), 5, 12);
    values(x.norm(3, false), Shape.SCALAR, Math.cbrt(27 + 64 + 1728));
    values(x.norm(0.5, false, 0), Shape.of(2), 3, 4 + 12 + 2 * Math.sqrt(48));
    values(x.norm(POSITIVE_INFINITY, true), Shape.of(1, 1), 12);
    values(x.norm(NEGATIVE_INFINITY, false, 1), Shape.of(2), 3, 0);
    values(x.mul(1e200).norm(3, false, 1).div(1e200), Shape.of(2), Math.cbrt(91), 12);
    values(x.mul(1e-200).norm(3, false, 1).mul(1e200), Shape.of(2), Math.cbrt(91), 12);
    values(x.sub(x).norm(3, false), Shape.SCALAR, 0);
    for (double order : new double[] {0.5, 1, 2, 3, POSITIVE_INFINITY}) {
      values(NONE.norm(order, false, 0), Shape.of(2), 0, 0);
      values(HOLE.norm(order, false), Shape.SCALAR, NaN);
      Tensor infinite = Tensor.of(Shape.of(2), 1, NEGATIVE_INFINITY);
      values(infinite.norm(order, false), Shape.SCALAR, POSITIVE_INFINITY);
    }
    fails(() -> X.norm(0, false), "norm", "above 0", "0.0");
    fails(() -> X.norm(NaN, false), "norm", "NaN");
    fails(() -> X.norm(3, false, 2), "norm", "axis 2", "[2, 3]");
    fails(() -> X.cast(DType.INT32).norm(3, false), "norm", "INT32", "cast");
  }

  @Test
  void cumulativeOptions() {
    everyType(X, x -> x.cumulativeSum(1, true, false), Shape.of(2, 3), 0, 1, 3, 0, 4, 9);
    everyType(X, x -> x.cumulativeSum(1, false, true), Shape.of(2, 3), 6, 5, 3, 15, 11, 6);
    everyType(X, x -> x.cumulativeSum(-2, true, true), Shape.of(2, 3), 4, 5, 6, 0, 0, 0);
    everyType(X, x -> x.cumulativeProduct(1, true, false), Shape.of(2, 3), 1, 1, 2, 1, 4, 20);
    everyType(X, x -> x.cumulativeProduct(1, false, true), Shape.of(2, 3), 6, 6, 3, 120, 30, 6);
    everyType(X, x -> x.cumulativeProduct(-2, true, true), Shape.of(2, 3), 4, 5, 6, 1, 1, 1);
  }

  @Test
  void cumulative() {
    everyType(X, x -> x.cumulativeSum(1), Shape.of(2, 3), 1, 3, 6, 4, 9, 15);
    everyType(X, x -> x.cumulativeSum(-2), Shape.of(2, 3), 1, 2, 3, 5, 7, 9);
    everyType(X, x -> x.cumulativeProduct(-1), Shape.of(2, 3), 1, 2, 6, 4, 20, 120);
    everyType(X, x -> x.cumulativeProduct(0), Shape.of(2, 3), 1, 2, 3, 4, 10, 18);
    values(NONE.cumulativeSum(0), Shape.of(0, 2));
    values(NONE.cumulativeProduct(0), Shape.of(0, 2));
    values(HOLE.cumulativeSum(0), Shape.of(3), 1, NaN, NaN);
    fails(() -> X.cumulativeSum(2), "cumulativeSum", "axis 2", "[2, 3]");
    fails(() -> X.cumulativeProduct(-3), "cumulativeProduct", "axis -3", "[2, 3]");
    fails(() -> TRUTHS.cumulativeSum(0), "BOOL");
    fails(() -> TRUTHS.cumulativeProduct(0), "BOOL");
  }
}
