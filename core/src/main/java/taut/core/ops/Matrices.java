package taut.core.ops;

import taut.core.Shape;
import taut.core.Storage;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// What the operations of linear algebra share: their inputs are [..., rows, columns], and each
/// matrix is worked on by itself, in double.
final class Matrices {
  private Matrices() {}

  /// Makes something of one matrix, given as its elements in row-major order.
  interface Algorithm {
    double[] apply(double[] matrix);
  }

  static TensorSpec check(String op, TensorSpec spec) {
    if (spec.shape().rank() < 2 || !spec.dtype().isFloating()) {
      throw new IllegalArgumentException(
          op + ": wants floating-point matrices [..., rows, columns], got " + spec);
    }
    return spec;
  }

  static TensorSpec checkSquare(String op, TensorSpec spec) {
    check(op, spec);
    if (spec.shape().dim(-1) != spec.shape().dim(-2)) {
      throw new IllegalArgumentException(op + ": wants square matrices, got " + spec);
    }
    return spec;
  }

  static TensorSpec checkTall(String op, TensorSpec spec) {
    check(op, spec);
    if (spec.shape().dim(-2) < spec.shape().dim(-1)) {
      throw new IllegalArgumentException(
          op + ": wants at least as many rows as columns, got " + spec + "; transpose it");
    }
    return spec;
  }

  static TensorSpec scalars(TensorSpec spec) {
    int rank = spec.shape().rank();
    Shape lead = spec.shape().reduced(new int[] {rank - 2, rank - 1}, false);
    return new TensorSpec(lead, spec.dtype());
  }

  static Tensor map(TensorSpec spec, Tensor x, Algorithm algorithm) {
    int width = x.dim(-2) * x.dim(-1);
    int count = width == 0 ? 0 : x.size() / width;
    Tensor output = Tensor.allocate(spec);
    Storage from = x.storage();
    Storage to = output.storage();
    int position = 0;
    for (int i = 0; i < count; i++) {
      double[] matrix = new double[width];
      for (int j = 0; j < width; j++) {
        matrix[j] = from.get(i * width + j);
      }
      for (double value : algorithm.apply(matrix)) {
        to.set(position++, value);
      }
    }
    return output;
  }

  /// Returns the matrices with their last two axes exchanged.
  static Tensor transpose(Tensor x) {
    return x.swapAxes(-2, -1);
  }

  /// Returns (X + Xᵀ) / 2.
  static Tensor symmetric(Tensor x) {
    return x.add(transpose(x)).mul(0.5);
  }

  /// Returns a square matrix that is 1 below the diagonal, the given value on it, and 0 above.
  static Tensor lower(Tensor like, double diagonal) {
    int n = like.dim(-1);
    Tensor rows = Tensor.range(n).expandDims(1);
    Tensor columns = Tensor.range(n);
    Tensor below = rows.greater(columns).cast(like.dtype());
    return below.add(rows.equal(columns).cast(like.dtype()).mul(diagonal));
  }

  /// Returns the elements as a diagonal matrix, [..., n] → [..., n, n].
  static Tensor diagonal(Tensor x) {
    Tensor identity = Tensor.identity(x.dim(-1)).cast(x.dtype());
    return identity.mul(x.expandDims(-1));
  }

  /// Returns 1 / (xⱼ - xᵢ) at i, j, and 0 where the two are equal.
  static Tensor reciprocalGaps(Tensor x) {
    Tensor difference = x.expandDims(-2).sub(x.expandDims(-1));
    Tensor same = difference.equal(0);
    Tensor one = Tensor.scalar(1, x.dtype());
    return same.where(Tensor.scalar(0, x.dtype()), same.where(one, difference).reciprocal());
  }

  /// Returns the power of two that brings the largest magnitude to 1 … 2, so that its square is a
  /// number; 1 for zeros, and NaN where an element is NaN or infinite.
  static double scale(double[] matrix) {
    double largest = 0;
    for (double element : matrix) {
      largest = Math.max(largest, Math.abs(element));
    }
    if (!(largest < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    return largest == 0 ? 1 : Math.scalb(1.0, Math.getExponent(largest));
  }
}
