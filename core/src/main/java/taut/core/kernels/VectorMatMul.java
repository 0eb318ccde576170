package taut.core.kernels;

import java.util.Arrays;

/// The matrix product for FLOAT32: C = op(A)·op(B), or C += op(A)·op(B).
///
/// Nothing is transposed in memory. What remains is a choice of the way by shape:
///
/// - a matrix times a vector ([VectorMatVec]) reads each element once; there is nothing to reuse;
/// - a product over two elements ([ShallowMatMul]) only writes its result;
/// - a small right matrix, or one that few rows pass over, is read in place ([DirectMatMul]);
/// - a right matrix that is stored transposed is taken as the left one of the transposed product
///   where few rows pass over it ([SwappedMatMul]);
/// - all else packs the right matrix into panels ([PackedMatMul]).
///
/// Each element is summed in an order that depends on the shape alone, so the result is the same
/// bit for bit with any number of threads. NaN and infinities propagate as in plain arithmetic; no
/// zero is skipped. Sums use fused multiply-adds and run in pieces of at most 1024 terms each.
public final class VectorMatMul {
  /// The largest right matrix that is read in place whatever the number of rows: 800 KB, which the
  /// second cache of a current core holds.
  private static final int SMALL_RIGHT = 200_000;

  /// The most rows that read any right matrix in place.
  private static final int FEW_ROWS = 64;

  private VectorMatMul() {}

  /// Multiplies row-major matrices that begin at their offsets.
  ///
  /// @param m the rows of op(A) and of C
  /// @param n the columns of op(B) and of C
  /// @param k the columns of op(A) and rows of op(B); 0 gives zeros, or leaves C when accumulating
  /// @param transposeA whether A is stored with k rows and m columns instead of m and k
  /// @param transposeB whether B is stored with n rows and k columns instead of k and n
  /// @param c the result; it must not share memory with `a` or `b`
  /// @param accumulate whether the product is added to what C holds
  /// @throws IllegalArgumentException if a size is negative or a matrix does not fit into its array
  public static void multiply(
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      boolean transposeA,
      float[] b,
      int bOffset,
      boolean transposeB,
      float[] c,
      int cOffset,
      boolean accumulate) {
    checkFits("A", a, aOffset, m, k);
    checkFits("B", b, bOffset, k, n);
    checkFits("C", c, cOffset, m, n);
    if (k == 0 && !accumulate) {
      Arrays.fill(c, cOffset, cOffset + m * n, 0f);
    }
    if (m == 0 || n == 0 || k == 0) {
      return;
    }
    // A single row or column is the same in memory either way; read it in the convenient one.
    boolean rowsOfA = !transposeA || m == 1;
    boolean rowsOfB = !transposeB || k == 1;
    if (n == 1
        && VectorMatVec.multiply(m, k, a, aOffset, rowsOfA, b, bOffset, c, cOffset, accumulate)) {
      return;
    }
    if (m == 1
        && VectorMatVec.multiply(n, k, b, bOffset, !rowsOfB, a, aOffset, c, cOffset, accumulate)) {
      return;
    }
    StridedMatrix left = StridedMatrix.of(a, aOffset, m, k, !rowsOfA);
    StridedMatrix right = StridedMatrix.of(b, bOffset, k, n, !rowsOfB);
    StridedMatrix result = StridedMatrix.of(c, cOffset, m, n, false);
    boolean fewReads = m <= FEW_ROWS || (long) k * n <= SMALL_RIGHT;
    if (rowsOfB && !accumulate && ShallowMatMul.suits(m, n, k)) {
      ShallowMatMul.multiply(m, n, left, right, result);
    } else if (rowsOfB && n >= ColumnStrips.LANES && fewReads) {
      DirectMatMul.multiply(m, n, k, left, right, result, accumulate);
    } else if (!rowsOfB && !accumulate && SwappedMatMul.suits(m, n, k)) {
      SwappedMatMul.multiply(m, n, k, left, right, result);
    } else {
      PackedMatMul.multiply(m, n, k, left, right, result, accumulate);
    }
  }

  private static void checkFits(String name, float[] array, int offset, int rows, int columns) {
    if (rows < 0 || columns < 0 || offset < 0 || offset + (long) rows * columns > array.length) {
      throw new IllegalArgumentException(
          "matmul: %s of shape [%d, %d] at offset %d does not fit into an array of length %d"
              .formatted(name, rows, columns, offset, array.length));
    }
  }
}
