package taut.core;

import taut.core.ops.ArgMax;
import taut.core.ops.CumulativeProduct;
import taut.core.ops.CumulativeSum;
import taut.core.ops.ElasticNet;
import taut.core.ops.Reduce;
import taut.core.ops.Reduction;

/// What becomes of several elements: reductions over the named axes, or over all axes when none is
/// named.
///
/// Axes may be negative. The reduced axes go away, or stay with size 1 where `keepDims` is given.
/// Sums are blocked and pairwise, and their order does not depend on the number of threads.
public sealed interface Reductions permits Tensor {
  /// Returns this as a tensor.
  Tensor self();

  /// Returns the sum; 0 for no elements.
  default Tensor sum(int... axes) {
    return sum(false, axes);
  }

  /// Returns the sum of all elements, as [#sum(int...)] does.
  default Tensor sum() {
    return Reduce.ofAll(Reduction.SUM, self().shape()).apply(self());
  }

  /// Returns the sum along one axis, as [#sum(int...)] does.
  default Tensor sum(int axis) {
    return Reduce.ofOne(Reduction.SUM, self().shape(), axis).apply(self());
  }

  /// Returns the sum; 0 for no elements.
  default Tensor sum(boolean keepDims, int... axes) {
    return Reduce.of(Reduction.SUM, keepDims, self().shape(), axes).apply(self());
  }

  /// Returns the mean; NaN for no elements. Whole numbers are refused, since a mean of them seldom
  /// is one: cast them first.
  default Tensor mean(int... axes) {
    return mean(false, axes);
  }

  /// Returns the mean of all elements, as [#mean(int...)] does.
  default Tensor mean() {
    return Reduce.ofAll(Reduction.MEAN, self().shape()).apply(self());
  }

  /// Returns the mean along one axis, as [#mean(int...)] does.
  default Tensor mean(int axis) {
    return Reduce.ofOne(Reduction.MEAN, self().shape(), axis).apply(self());
  }

  /// Returns the mean; NaN for no elements. Whole numbers are refused, since a mean of them seldom
  /// is one: cast them first.
  default Tensor mean(boolean keepDims, int... axes) {
    return Reduce.of(Reduction.MEAN, keepDims, self().shape(), axes).apply(self());
  }

  /// Returns the smallest element, NaN if there is one, +∞ for no elements; ties share the gradient
  /// equally.
  default Tensor min(int... axes) {
    return min(false, axes);
  }

  /// Returns the smallest element, NaN if there is one, +∞ for no elements; ties share the gradient
  /// equally.
  default Tensor min(boolean keepDims, int... axes) {
    return Reduce.of(Reduction.MINIMUM, keepDims, self().shape(), axes).apply(self());
  }

  /// Returns the largest element, NaN if there is one, -∞ for no elements; ties share the gradient
  /// equally.
  default Tensor max(int... axes) {
    return max(false, axes);
  }

  /// Returns the largest element, NaN if there is one, -∞ for no elements; ties share the gradient
  /// equally.
  default Tensor max(boolean keepDims, int... axes) {
    return Reduce.of(Reduction.MAXIMUM, keepDims, self().shape(), axes).apply(self());
  }

  /// Returns Σx², in one pass.
  default Tensor sumOfSquares(int... axes) {
    return sumOfSquares(false, axes);
  }

  /// Returns Σx² of all elements, as [#sumOfSquares(int...)] does.
  default Tensor sumOfSquares() {
    return Reduce.ofAll(Reduction.SUM_OF_SQUARES, self().shape()).apply(self());
  }

  /// Returns Σx², in one pass.
  default Tensor sumOfSquares(boolean keepDims, int... axes) {
    return Reduce.of(Reduction.SUM_OF_SQUARES, keepDims, self().shape(), axes).apply(self());
  }

  /// Returns Σ|x|, in one pass; the derivative of |x| at 0 is 0.
  default Tensor sumOfAbsolutes(int... axes) {
    return sumOfAbsolutes(false, axes);
  }

  /// Returns Σ|x| of all elements, as [#sumOfAbsolutes(int...)] does.
  default Tensor sumOfAbsolutes() {
    return Reduce.ofAll(Reduction.SUM_OF_ABSOLUTES, self().shape()).apply(self());
  }

  /// Returns Σ|x|, in one pass; the derivative of |x| at 0 is 0.
  default Tensor sumOfAbsolutes(boolean keepDims, int... axes) {
    return Reduce.of(Reduction.SUM_OF_ABSOLUTES, keepDims, self().shape(), axes).apply(self());
  }

  /// Returns absolute·Σ|x| + square·Σx² in one pass, and its gradient in another; the derivative of
  /// |x| at 0 is 0, and a term whose factor is 0 is left out.
  default Tensor elasticNet(double absolute, double square) {
    return new ElasticNet(absolute, square).apply(self());
  }

  /// Returns the INT32 index of the largest element along an axis, the first one among equals; NaN
  /// counts as largest. The index has no derivative.
  default Tensor argmax(int axis) {
    return new ArgMax(self().shape().axis("argmax", axis)).apply(self());
  }

  /// Returns the product; 1 for no elements. The derivative is exact where elements are zero.
  default Tensor prod(int... axes) {
    return prod(false, axes);
  }

  /// Returns the product; 1 for no elements. The derivative is exact where elements are zero.
  default Tensor prod(boolean keepDims, int... axes) {
    return Reduce.of(Reduction.PRODUCT, keepDims, self().shape(), axes).apply(self());
  }

  /// Tells whether any element of this BOOL tensor is true; false for no elements.
  default Tensor any(int... axes) {
    return any(false, axes);
  }

  /// Tells whether any element of this BOOL tensor is true; false for no elements.
  default Tensor any(boolean keepDims, int... axes) {
    return truths("any", axes).max(keepDims, axes).greater(0);
  }

  /// Tells whether all elements of this BOOL tensor are true; true for no elements.
  default Tensor all(int... axes) {
    return all(false, axes);
  }

  /// Tells whether all elements of this BOOL tensor are true; true for no elements.
  default Tensor all(boolean keepDims, int... axes) {
    return truths("all", axes).min(keepDims, axes).greater(0);
  }

  private Tensor truths(String op, int... axes) {
    self().shape().axes(op, axes);
    if (self().dtype() != DType.BOOL) {
      throw new IllegalArgumentException(op + ": wants BOOL elements, got " + self().spec());
    }
    return self().cast(DType.FLOAT32);
  }

  /// Returns the population variance, the mean of (x - mean)²; NaN for no elements.
  default Tensor variance(int... axes) {
    return variance(false, axes);
  }

  /// Returns the population variance, the mean of (x - mean)²; NaN for no elements.
  default Tensor variance(boolean keepDims, int... axes) {
    self().shape().axes("variance", axes);
    return self().squaredDifference(self().mean(true, axes)).mean(keepDims, axes);
  }

  /// Returns the population standard deviation; where it is 0 the derivative is taken as 0.
  default Tensor standardDeviation(int... axes) {
    return standardDeviation(false, axes);
  }

  /// Returns the population standard deviation; where it is 0 the derivative is taken as 0.
  default Tensor standardDeviation(boolean keepDims, int... axes) {
    self().shape().axes("standardDeviation", axes);
    return variance(keepDims, axes).safeSqrt();
  }

  /// Returns log Σ eˣ without overflow; -∞ for no elements.
  default Tensor logSumExp(int... axes) {
    return logSumExp(false, axes);
  }

  /// Returns log Σ eˣ without overflow; -∞ for no elements.
  default Tensor logSumExp(boolean keepDims, int... axes) {
    if (!self().dtype().isFloating()) {
      throw new IllegalArgumentException(
          "logSumExp: wants floating-point elements, got " + self().spec() + "; cast it first");
    }
    int[] reduced = self().shape().axes("logSumExp", axes);
    Tensor max = self().max(true, axes).stopGradient();
    // An infinite maximum must not be subtracted from itself.
    Tensor shift = max.abs().less(Double.POSITIVE_INFINITY).where(max, max.zerosLike());
    Tensor logarithm = self().sub(shift).exp().sum(true, axes).log().add(shift);
    return keepDims ? logarithm : logarithm.reshape(self().shape().reduced(reduced, false));
  }

  /// Returns the Euclidean norm √Σx²; where it is 0 the derivative is taken as 0, so that group
  /// penalties can reach zero.
  default Tensor norm(int... axes) {
    return norm(false, axes);
  }

  /// Returns the Euclidean norm √Σx²; where it is 0 the derivative is taken as 0.
  default Tensor norm(boolean keepDims, int... axes) {
    self().shape().axes("norm", axes);
    return self().sumOfSquares(keepDims, axes).safeSqrt();
  }

  /// Returns the p-norm (Σ|x|ᵖ)^(1/p) of the vectors along the axes; 0 for no elements, but of
  /// order -∞, where it is ∞.
  ///
  /// Of order 1 it is Σ|x|, of order 2 the Euclidean norm, of order ∞ the largest |x|, of order -∞
  /// the smallest; these two share the gradient equally among ties. Other orders divide by the
  /// largest |x| first, so that no power over- or underflows. Where the norm is 0 the derivative is
  /// taken as 0, as is that of each |x|ᵖ where x is 0.
  ///
  /// @param order a number above 0, or ±∞
  default Tensor norm(double order, boolean keepDims, int... axes) {
    Tensor x = self();
    if (!x.dtype().isFloating()) {
      throw new IllegalArgumentException(
          "norm: wants floating-point elements, got " + x.spec() + "; cast it first");
    }
    int[] reduced = x.shape().axes("norm", axes);
    if (order == 1) {
      return x.sumOfAbsolutes(keepDims, axes);
    }
    if (order == 2) {
      return norm(keepDims, axes);
    }
    if (order == Double.POSITIVE_INFINITY) {
      // Of no elements the largest is -∞, the norm 0.
      return x.abs().max(keepDims, axes).maximum(0);
    }
    if (order == Double.NEGATIVE_INFINITY) {
      return x.abs().min(keepDims, axes);
    }
    if (!(order > 0)) {
      throw new IllegalArgumentException("norm: wants an order above 0 or ±∞, got " + order);
    }
    Tensor one = Tensor.scalar(1, x.dtype());
    Tensor zero = Tensor.scalar(0, x.dtype());
    // The norm of x/m times m is the same function of x for every m.
    Tensor max = x.abs().max(true, axes).stopGradient();
    Tensor ordinary = max.greater(0).and(max.less(Double.POSITIVE_INFINITY));
    Tensor scale = ordinary.where(max, one);
    Tensor absolute = x.abs().div(scale);
    Tensor isZero = absolute.equal(0);
    Tensor sum = isZero.where(zero, isZero.where(one, absolute).pow(order)).sum(true, axes);
    Tensor none = sum.equal(0);
    Tensor norm = none.where(zero, none.where(one, sum).pow(1 / order).mul(scale));
    return keepDims ? norm : norm.reshape(x.shape().reduced(reduced, false));
  }

  /// Returns the INT32 index of the largest of all elements, counted in row-major order, the first
  /// one among equals; NaN counts as largest.
  default Tensor argmax() {
    return self().reshape(self().size()).argmax(0);
  }

  /// Returns the INT32 index of the smallest of all elements, counted in row-major order, the first
  /// one among equals; NaN counts as smallest.
  default Tensor argmin() {
    return self().reshape(self().size()).argmin(0);
  }

  /// Returns the INT32 index of the smallest element along an axis, the first one among equals; NaN
  /// counts as smallest. The index has no derivative.
  default Tensor argmin(int axis) {
    Tensor x = self();
    int at = x.shape().axis("argmin", axis);
    if (x.dim(at) == 0) {
      throw new IllegalArgumentException(
          "argmin: axis " + axis + " of " + x.spec() + " has no elements to choose from");
    }
    Tensor opposite =
        switch (x.dtype()) {
          case BOOL -> x.not();
          // The negative of the smallest INT32 is none.
          case INT32 -> x.cast(DType.FLOAT64).neg();
          case FLOAT32, FLOAT64 -> x.neg();
        };
    return opposite.argmax(at);
  }

  /// Returns the sums of the elements up to each one along an axis.
  default Tensor cumulativeSum(int axis) {
    return cumulativeSum(axis, false, false);
  }

  /// Returns the sums of the elements up to each one along an axis.
  ///
  /// @param exclusive whether an element's own value is left out, so that the first sum is 0
  /// @param reverse whether the sums run from the last element to the first
  default Tensor cumulativeSum(int axis, boolean exclusive, boolean reverse) {
    int at = self().shape().axis("cumulativeSum", axis);
    return new CumulativeSum(at, exclusive, reverse).apply(self());
  }

  /// Returns the products of the elements up to each one along an axis. The derivative is exact
  /// where elements are zero.
  default Tensor cumulativeProduct(int axis) {
    return cumulativeProduct(axis, false, false);
  }

  /// Returns the products of the elements up to each one along an axis. The derivative is exact
  /// where elements are zero.
  ///
  /// @param exclusive whether an element's own value is left out, so that the first product is 1
  /// @param reverse whether the products run from the last element to the first
  default Tensor cumulativeProduct(int axis, boolean exclusive, boolean reverse) {
    int at = self().shape().axis("cumulativeProduct", axis);
    return new CumulativeProduct(at, exclusive, reverse).apply(self());
  }
}
