package taut.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Tensors print in NumPy's layout.
class TensorFormatTest {
  private static void prints(String wanted, Tensor x) {
    assertEquals(wanted + " " + x.spec(), x.toString());
  }

  @Test
  void scalars() {
    prints("2.5", Tensor.scalar(2.5));
    prints("0.1", Tensor.scalar(0.1));
    prints("7", Tensor.scalar(7, DType.INT32));
    prints("true", Tensor.scalar(1).greater(0));
    prints("-0.0", Tensor.scalar(-0.0));
  }

  @Test
  void vectors() {
    prints("[1.0, 2.0, 3.0]", Tensor.vector(1, 2, 3));
    prints("[]", Tensor.vector());
    prints("[  1.0 ,  -2.25, 100.0 ]", Tensor.vector(1, -2.25f, 100));
    prints("[0.33333334, 0.1       ]", Tensor.vector(1f / 3, 0.1f));
    prints("[0.33333333, 0.1       ]", Tensor.of(Shape.of(2), 1.0 / 3, 0.1));
    prints("[  1, -20]", Tensor.of(Shape.of(2), 1, -20));
    prints("[ true, false]", Tensor.of(Shape.of(2), true, false));
  }

  @Test
  void matrices() {
    prints(
        """
        [[1.0 , 2.0 ],
         [3.5 , 4.25]]\
        """,
        Tensor.matrix(new float[] {1, 2}, new float[] {3.5f, 4.25f}));
    prints(
        """
        [[[0, 1],
          [2, 3]],

         [[4, 5],
          [6, 7]]]\
        """,
        Tensor.range(8).reshape(2, 2, 2));
    prints("[[],\n []]", Tensor.zeros(2, 0));
    prints("[]", Tensor.zeros(0, 2));
  }

  @Test
  void wideRangesAreScientific() {
    prints("[1.0000e-05, 1.0000e+00]", Tensor.vector(1e-5f, 1));
    prints("[ 1.2346e+09, -2.0000e+00]", Tensor.of(Shape.of(2), 1234567890.0, -2));
    prints("[0.0, 0.5]", Tensor.vector(0, 0.5f));
  }

  @Test
  void valuesThatAreNoNumbers() {
    prints("[NaN, 1.5]", Tensor.vector(Float.NaN, 1.5f));
    prints(
        "[-Infinity,  Infinity,       0.5]",
        Tensor.vector(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 0.5f));
  }

  @Test
  void longAxesAreShortened() {
    prints("[   0,    1,    2, ..., 9997, 9998, 9999]", Tensor.range(10_000));
    prints(
        """
        [[   0,    1,    2,    3],
         [   4,    5,    6,    7],
         [   8,    9,   10,   11],
         ...,
         [1988, 1989, 1990, 1991],
         [1992, 1993, 1994, 1995],
         [1996, 1997, 1998, 1999]]\
        """,
        Tensor.range(2000).reshape(500, 4));
  }

  @Test
  void hugeTensorsPrintAtOnce() {
    Tensor x = Tensor.full(Shape.of(3000, 3000), 1, DType.FLOAT32);
    assertTimeoutPreemptively(Duration.ofSeconds(1), x::toString);
  }
}
