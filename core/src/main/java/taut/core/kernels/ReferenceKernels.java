package taut.core.kernels;

import taut.core.Storage;
import taut.core.ops.Binary;
import taut.core.ops.Comparison;
import taut.core.ops.Reduction;
import taut.core.ops.Unary;

/// The textbook: one plain loop for every kernel and every element type, computed and accumulated
/// in double.
///
/// This is what the kernels mean, and what faster ones are tested against. Sums run from the first
/// element to the last.
public final class ReferenceKernels implements Kernels {
  /// Makes the kernels; they hold nothing.
  public ReferenceKernels() {}

  @Override
  public void unary(Unary function, Storage x, Storage out) {
    for (int i = 0; i < out.length(); i++) {
      out.set(i, function.scalar(x.get(i)));
    }
  }

  @Override
  public void binary(Binary function, Storage a, Storage b, Storage out, Broadcast plan) {
    plan.forEach((i, j, o) -> out.set(o, function.scalar(a.get(i), b.get(j))));
  }

  @Override
  public void compare(Comparison question, Storage a, Storage b, Storage out, Broadcast plan) {
    plan.forEach((i, j, o) -> out.set(o, question.holds(a.get(i), b.get(j)) ? 1 : 0));
  }

  @Override
  public void where(Storage condition, Storage a, Storage b, Storage out) {
    for (int i = 0; i < out.length(); i++) {
      out.set(i, condition.get(i) != 0 ? a.get(i) : b.get(i));
    }
  }

  @Override
  public void clip(double low, double high, Storage x, Storage out) {
    for (int i = 0; i < out.length(); i++) {
      out.set(i, Math.max(low, Math.min(high, x.get(i))));
    }
  }

  @Override
  public void biasActivation(Unary function, Storage x, Storage bias, Storage out) {
    for (int i = 0; i < out.length(); i++) {
      out.set(i, function.scalar(x.get(i) + bias.get(i % bias.length())));
    }
  }

  @Override
  public void biasActivationGradients(
      Binary slope, Storage c, Storage y, Storage dx, Storage dbias) {
    double[] sums = new double[dbias.length()];
    for (int i = 0; i < dx.length(); i++) {
      double gradient = slope.scalar(c.get(i), y.get(i));
      dx.set(i, gradient);
      sums[i % sums.length] += gradient;
    }
    for (int i = 0; i < sums.length; i++) {
      dbias.set(i, sums[i]);
    }
  }

  @Override
  public void reduce(Reduction kind, Storage x, Storage out, int outer, int count, int inner) {
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < inner; i++) {
        double result =
            switch (kind) {
              case SUM, MEAN, SUM_OF_SQUARES, SUM_OF_ABSOLUTES -> 0;
              case PRODUCT -> 1;
              case MINIMUM -> Double.POSITIVE_INFINITY;
              case MAXIMUM -> Double.NEGATIVE_INFINITY;
            };
        for (int c = 0; c < count; c++) {
          double value = x.get((o * count + c) * inner + i);
          result =
              switch (kind) {
                case SUM, MEAN -> result + value;
                case SUM_OF_SQUARES -> result + value * value;
                case SUM_OF_ABSOLUTES -> result + Math.abs(value);
                case PRODUCT -> result * value;
                case MINIMUM -> Math.min(result, value);
                case MAXIMUM -> Math.max(result, value);
              };
        }
        out.set(o * inner + i, kind == Reduction.MEAN ? result / count : result);
      }
    }
  }

  @Override
  public void matmul(
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
      boolean add) {
    for (int row = 0; row < m; row++) {
      for (int column = 0; column < n; column++) {
        int at = outStart + row * n + column;
        double sum = add ? out.get(at) : 0;
        for (int i = 0; i < k; i++) {
          double left = a.get(aStart + (transposeA ? i * m + row : row * k + i));
          double right = b.get(bStart + (transposeB ? column * k + i : i * n + column));
          sum += left * right;
        }
        out.set(at, sum);
      }
    }
  }

  @Override
  public void softmax(Storage x, Storage out, int rows, int classes) {
    for (int row = 0; row < rows; row++) {
      double logSum = logSumExp(x, row * classes, classes);
      for (int i = row * classes; i < (row + 1) * classes; i++) {
        out.set(i, Math.exp(x.get(i) - logSum));
      }
    }
  }

  @Override
  public void logSoftmax(Storage x, Storage out, int rows, int classes) {
    for (int row = 0; row < rows; row++) {
      double logSum = logSumExp(x, row * classes, classes);
      for (int i = row * classes; i < (row + 1) * classes; i++) {
        out.set(i, x.get(i) - logSum);
      }
    }
  }

  /// Returns log Σ eˣ of one row, with the maximum taken out so that nothing overflows.
  private static double logSumExp(Storage x, int start, int classes) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = start; i < start + classes; i++) {
      max = Math.max(max, x.get(i));
    }
    double sum = 0;
    for (int i = start; i < start + classes; i++) {
      sum += Math.exp(x.get(i) - max);
    }
    return max + Math.log(sum);
  }

  @Override
  public void softmaxGradient(Storage c, Storage y, Storage out, int rows, int classes) {
    for (int row = 0; row < rows; row++) {
      double dot = 0;
      for (int i = row * classes; i < (row + 1) * classes; i++) {
        dot += c.get(i) * y.get(i);
      }
      for (int i = row * classes; i < (row + 1) * classes; i++) {
        out.set(i, y.get(i) * (c.get(i) - dot));
      }
    }
  }

  @Override
  public void crossEntropy(Storage logits, Storage targets, Storage out, int rows, int classes) {
    for (int row = 0; row < rows; row++) {
      double logSum = logSumExp(logits, row * classes, classes);
      double loss = 0;
      for (int i = row * classes; i < (row + 1) * classes; i++) {
        // A class that is impossible costs nothing if nobody asks for it: 0 · ∞ is 0 here.
        boolean absent = targets.get(i) == 0 && logits.get(i) == Double.NEGATIVE_INFINITY;
        loss -= absent ? 0 : targets.get(i) * (logits.get(i) - logSum);
      }
      out.set(row, loss);
    }
  }

  @Override
  public void crossEntropyGradient(
      Storage logits, Storage targets, Storage c, Storage out, int rows, int classes) {
    for (int row = 0; row < rows; row++) {
      double logSum = logSumExp(logits, row * classes, classes);
      double total = 0;
      for (int i = row * classes; i < (row + 1) * classes; i++) {
        total += targets.get(i);
      }
      for (int i = row * classes; i < (row + 1) * classes; i++) {
        double probability = Math.exp(logits.get(i) - logSum);
        out.set(i, c.get(row) * (probability * total - targets.get(i)));
      }
    }
  }

  @Override
  public void sparseCrossEntropy(
      Storage logits, Storage labels, Storage out, int rows, int classes) {
    for (int row = 0; row < rows; row++) {
      double logSum = logSumExp(logits, row * classes, classes);
      out.set(row, logSum - logits.get(row * classes + (int) labels.get(row)));
    }
  }

  @Override
  public void sparseCrossEntropyGradient(
      Storage logits, Storage labels, Storage c, Storage out, int rows, int classes) {
    for (int row = 0; row < rows; row++) {
      double logSum = logSumExp(logits, row * classes, classes);
      for (int i = 0; i < classes; i++) {
        double probability = Math.exp(logits.get(row * classes + i) - logSum);
        double hot = i == (int) labels.get(row) ? 1 : 0;
        out.set(row * classes + i, c.get(row) * (probability - hot));
      }
    }
  }

  @Override
  public void copy(Storage x, Walk walk, Storage out) {
    walk.forEachRun((start, stride, position, length) -> {
      for (int i = 0; i < length; i++) {
        out.set(position + i, x.get(start + i * stride));
      }
    });
  }

  @Override
  public void scatter(Storage x, Walk walk, Storage out) {
    walk.forEachRun((start, stride, position, length) -> {
      for (int i = 0; i < length; i++) {
        out.set(start + i * stride, x.get(position + i));
      }
    });
  }

  @Override
  public void addInPlace(Storage x, Storage sum) {
    for (int i = 0; i < sum.length(); i++) {
      sum.set(i, sum.get(i) + x.get(i));
    }
  }
}
