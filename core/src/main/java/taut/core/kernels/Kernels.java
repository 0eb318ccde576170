package taut.core.kernels;

import taut.core.Storage;
import taut.core.ops.Binary;
import taut.core.ops.Comparison;
import taut.core.ops.Reduction;
import taut.core.ops.Unary;

/// The loops behind the ops: the seam between what is computed and how.
///
/// [ReferenceKernels] is the specification, plain loops for every element type. [VectorKernels] is
/// what runs: SIMD for FLOAT32, and the reference for all else. Arguments are checked by the ops; a
/// kernel trusts its sizes.
public interface Kernels {
  /// Returns the kernels in use, chosen when this class is loaded.
  static Kernels active() {
    return KernelChoice.ACTIVE;
  }

  /// Computes out = f(x), element by element.
  void unary(Unary function, Storage x, Storage out);

  /// Computes out = f(a, b) over broadcast operands.
  void binary(Binary function, Storage a, Storage b, Storage out, Broadcast plan);

  /// Answers a question over broadcast operands.
  void compare(Comparison question, Storage a, Storage b, Storage out, Broadcast plan);

  /// Chooses: out = condition ? a : b; all of one length.
  void where(Storage condition, Storage a, Storage b, Storage out);

  /// Limits x to [low, high]; NaN stays.
  void clip(double low, double high, Storage x, Storage out);

  /// Computes out = f(x + bias) for every row of x.
  void biasActivation(Unary function, Storage x, Storage bias, Storage out);

  /// Computes the gradients of x, slope(c, y), and of the bias, its column sums.
  void biasActivationGradients(Binary slope, Storage c, Storage y, Storage dx, Storage dbias);

  /// Reduces x, seen as [outer, count, inner], over its middle axis.
  void reduce(Reduction kind, Storage x, Storage out, int outer, int count, int inner);

  /// Computes the `[m, n]` product op(A)·op(B) at an offset of out, or adds it to what is there.
  void matmul(
      int m,
      int n,
      int k,
      Storage a,
      int aStart,
      boolean transposeA,
      Storage b,
      int bStart,
      boolean transposeB,
      Storage out,
      int outStart,
      boolean add);

  /// Computes softmax of each row.
  void softmax(Storage x, Storage out, int rows, int classes);

  /// Computes log-softmax of each row.
  void logSoftmax(Storage x, Storage out, int rows, int classes);

  /// Computes y ∘ (c - Σ c∘y) of each row.
  void softmaxGradient(Storage c, Storage y, Storage out, int rows, int classes);

  /// Computes -Σ t ∘ logSoftmax(x) of each row.
  void crossEntropy(Storage logits, Storage targets, Storage out, int rows, int classes);

  /// Computes c · (softmax(x) · Σt - t) of each row, with one c a row.
  void crossEntropyGradient(
      Storage logits, Storage targets, Storage c, Storage out, int rows, int classes);

  /// Computes -logSoftmax(x) at the label of each row.
  void sparseCrossEntropy(Storage logits, Storage labels, Storage out, int rows, int classes);

  /// Computes c · (softmax(x) - onehot) of each row, with one c a row.
  void sparseCrossEntropyGradient(
      Storage logits, Storage labels, Storage c, Storage out, int rows, int classes);

  /// Copies the elements that a walk visits, in its order.
  void copy(Storage x, Walk walk, Storage out);

  /// Puts the elements of x where a walk leads.
  void scatter(Storage x, Walk walk, Storage out);

  /// Adds x to sum, in place.
  void addInPlace(Storage x, Storage sum);
}
