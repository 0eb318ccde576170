package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.all;
import static taut.core.kernels.Lanes.load;

import jdk.incubator.vector.FloatVector;

/// Computes the cross-entropy between the softmax of float32 logits and labels, and its gradient,
/// without storing the probabilities.
///
/// The logits x are `[rows, classes]`. With the largest logit m of a row and `L = log Σ exp(x -
/// m)`, the loss of that row is `Σ t·(L - (x - m))` for dense labels t (which need not sum to 1),
/// and `L - (x_k - m)` for the label k. Rows with infinities or NaN give what these formulas give,
/// but a dense label 0 at a logit of -Inf, where 0·Inf counts as 0. Many rows are split among
/// threads.
public final class VectorCrossEntropy {
  // One exponential is worth about this many additions.
  private static final int WORK = 4;

  private VectorCrossEntropy() {}

  /// Writes the loss of each row for dense labels `[rows, classes]` to `out[outOffset + row]`.
  public static void loss(
      float[] logits,
      int logitsOffset,
      float[] labels,
      int labelsOffset,
      float[] out,
      int outOffset,
      int rows,
      int classes) {
    FewClasses.forEachRow(
        rows,
        WORK * classes,
        classes,
        (few, row, count) ->
            few.loss(
                logits,
                logitsOffset + row * classes,
                labels,
                labelsOffset + row * classes,
                out,
                outOffset + row,
                count),
        row -> {
          int from = logitsOffset + row * classes;
          float maximum = SoftmaxRow.maximum(logits, from, classes);
          float logSum = logSum(logits, from, classes, maximum);
          out[outOffset + row] =
              dense(logits, from, labels, labelsOffset + row * classes, classes, maximum, logSum);
        });
  }

  /// Writes the loss of each row for one label per row to `out[outOffset + row]`.
  ///
  /// @throws IllegalArgumentException when a label is not one of `0..classes-1`
  public static void sparseLoss(
      float[] logits,
      int logitsOffset,
      int[] labels,
      int labelsOffset,
      float[] out,
      int outOffset,
      int rows,
      int classes) {
    FewClasses.forEachRow(
        rows,
        WORK * classes,
        classes,
        (few, row, count) -> {
          checkLabels(labels, labelsOffset, row, count, classes);
          few.sparseLoss(
              logits,
              logitsOffset + row * classes,
              labels,
              labelsOffset + row,
              out,
              outOffset + row,
              count);
        },
        row -> {
          int from = logitsOffset + row * classes;
          int label = checkLabel(labels[labelsOffset + row], row, classes);
          float maximum = SoftmaxRow.maximum(logits, from, classes);
          float logSum = logSum(logits, from, classes, maximum);
          out[outOffset + row] = logSum - (logits[from + label] - maximum);
        });
  }

  /// Writes the gradient `c·(softmax(x)·Σt - t)` of the dense loss with respect to the logits, with
  /// one cotangent c per row.
  public static void lossGradient(
      float[] logits,
      int logitsOffset,
      float[] labels,
      int labelsOffset,
      float[] c,
      int cOffset,
      float[] out,
      int outOffset,
      int rows,
      int classes) {
    FewClasses.forEachRow(
        rows,
        WORK * classes,
        classes,
        (few, row, count) ->
            few.gradient(
                logits,
                logitsOffset + row * classes,
                labels,
                labelsOffset + row * classes,
                c,
                cOffset + row,
                out,
                outOffset + row * classes,
                count),
        row -> {
          int from = logitsOffset + row * classes;
          int to = outOffset + row * classes;
          int target = labelsOffset + row * classes;
          float total = RowReduce.sum(labels, target, classes);
          float maximum = SoftmaxRow.maximum(logits, from, classes);
          float sum = SoftmaxRow.exponentials(logits, from, out, to, classes, maximum);
          finish(out, to, labels, target, classes, total / sum, c[cOffset + row]);
        });
  }

  /// Writes the gradient `c·(softmax(x) - onehot)` of the sparse loss with respect to the logits,
  /// with one cotangent c per row.
  ///
  /// @throws IllegalArgumentException when a label is not one of `0..classes-1`
  public static void sparseLossGradient(
      float[] logits,
      int logitsOffset,
      int[] labels,
      int labelsOffset,
      float[] c,
      int cOffset,
      float[] out,
      int outOffset,
      int rows,
      int classes) {
    FewClasses.forEachRow(
        rows,
        WORK * classes,
        classes,
        (few, row, count) -> {
          checkLabels(labels, labelsOffset, row, count, classes);
          few.sparseGradient(
              logits,
              logitsOffset + row * classes,
              labels,
              labelsOffset + row,
              c,
              cOffset + row,
              out,
              outOffset + row * classes,
              count);
        },
        row -> {
          int from = logitsOffset + row * classes;
          int to = outOffset + row * classes;
          int label = checkLabel(labels[labelsOffset + row], row, classes);
          float cotangent = c[cOffset + row];
          float maximum = SoftmaxRow.maximum(logits, from, classes);
          float sum = SoftmaxRow.exponentials(logits, from, out, to, classes, maximum);
          float atLabel = out[to + label] / sum - 1;
          SoftmaxRow.scale(out, to, classes, cotangent / sum);
          out[to + label] = cotangent * atLabel;
        });
  }

  private static void checkLabels(int[] labels, int offset, int row, int count, int classes) {
    for (int i = row; i < row + count; i++) {
      checkLabel(labels[offset + i], i, classes);
    }
  }

  private static int checkLabel(int label, int row, int classes) {
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          "sparse cross-entropy: wanted labels from 0 to "
              + (classes - 1)
              + ", got "
              + label
              + " in row "
              + row);
    }
    return label;
  }

  private static float logSum(float[] logits, int offset, int classes, float maximum) {
    return (float) Math.log(SoftmaxRow.sumOfExponentials(logits, offset, classes, maximum));
  }

  // Σ t·(L - (x - m)).
  private static float dense(
      float[] logits,
      int offset,
      float[] labels,
      int labelsOffset,
      int classes,
      float maximum,
      float logSum) {
    FloatVector loss = all(0f);
    int i = 0;
    for (; i <= classes - COUNT; i += COUNT) {
      FloatVector surprise = all(logSum).sub(load(logits, offset + i).sub(maximum));
      loss = load(labels, labelsOffset + i).fma(surprise, loss);
    }
    float rest = 0;
    for (; i < classes; i++) {
      float surprise = logSum - (logits[offset + i] - maximum);
      rest = Math.fma(labels[labelsOffset + i], surprise, rest);
    }
    float sum = LaneSum.of(loss) + rest;
    return Float.isNaN(sum)
        ? present(logits, offset, labels, labelsOffset, classes, maximum, logSum)
        : sum;
  }

  // The same without the classes that have label 0 and logit -Inf, which made NaN of 0·Inf.
  private static float present(
      float[] logits,
      int offset,
      float[] labels,
      int labelsOffset,
      int classes,
      float maximum,
      float logSum) {
    float loss = 0;
    for (int i = 0; i < classes; i++) {
      float label = labels[labelsOffset + i];
      float logit = logits[offset + i];
      if (label != 0 || logit != Float.NEGATIVE_INFINITY) {
        loss = Math.fma(label, logSum - (logit - maximum), loss);
      }
    }
    return loss;
  }

  // c·(e·factor - t), in place of the exponentials e.
  private static void finish(
      float[] out,
      int offset,
      float[] labels,
      int labelsOffset,
      int classes,
      float factor,
      float c) {
    int i = 0;
    for (; i <= classes - COUNT; i += COUNT) {
      FloatVector difference =
          load(out, offset + i).mul(factor).sub(load(labels, labelsOffset + i));
      difference.mul(c).intoArray(out, offset + i);
    }
    for (; i < classes; i++) {
      out[offset + i] = (out[offset + i] * factor - labels[labelsOffset + i]) * c;
    }
  }
}
