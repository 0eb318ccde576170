package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.all;
import static taut.core.kernels.Lanes.load;

import jdk.incubator.vector.FloatVector;

/// The product of a matrix of two columns and one of two rows, which does little but write its
/// result: row by row, without tiles.
///
/// Each element is `fma(a₁, b₁, fma(a₀, b₀, 0))`, as in the tiles.
final class ShallowMatMul {
  /// The columns of A and rows of B.
  static final int DEPTH = 2;

  /// The most elements of a result for which one thread is enough.
  private static final int MOST = 1 << 16;

  private ShallowMatMul() {}

  /// Tells whether a product is for this class.
  static boolean suits(int m, int n, int k) {
    return k == DEPTH && n >= COUNT && (long) m * n <= MOST;
  }

  /// Computes C = A·B, where B and C are row-major.
  static void multiply(int m, int n, StridedMatrix a, StridedMatrix b, StridedMatrix c) {
    for (int i = 0; i < m; i++) {
      row(
          a.data()[a.index(i, 0)],
          a.data()[a.index(i, 1)],
          b.data(),
          b.index(0, 0),
          b.index(1, 0),
          c.data(),
          c.index(i, 0),
          n);
    }
  }

  private static void row(
      float a0, float a1, float[] b, int first, int second, float[] c, int to, int n) {
    FloatVector factor0 = all(a0);
    FloatVector factor1 = all(a1);
    int j = 0;
    for (; j <= n - COUNT; j += COUNT) {
      sum(factor0, factor1, load(b, first + j), load(b, second + j)).intoArray(c, to + j);
    }
    if (j < n) {
      // The last vector overlaps the one before.
      j = n - COUNT;
      sum(factor0, factor1, load(b, first + j), load(b, second + j)).intoArray(c, to + j);
    }
  }

  private static FloatVector sum(FloatVector a0, FloatVector a1, FloatVector b0, FloatVector b1) {
    return a1.fma(b1, a0.fma(b0, all(0f)));
  }
}
