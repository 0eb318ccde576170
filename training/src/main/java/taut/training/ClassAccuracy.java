package taut.training;

import java.util.function.IntUnaryOperator;
import taut.core.Storage;
import taut.core.Tensor;

/// The share of samples whose true class is among the k that are predicted with the highest scores.
final class ClassAccuracy extends MeanMetric {
  /// What the targets are.
  enum Form {
    /// INT32 labels.
    SPARSE,
    /// One-hot or other probabilities, of which the largest counts.
    DENSE,
    /// Labels if they have no axis of classes, else probabilities.
    BY_SHAPE
  }

  private final int k;
  private final Form form;

  ClassAccuracy(String name, int k, Form form) {
    super(name);
    if (k < 1) {
      throw new IllegalArgumentException(name + ": k must be 1 or more, got " + k);
    }
    this.k = k;
    this.form = form;
  }

  @Override
  RowScores scores(Tensor target, Tensor prediction) {
    return scores(name(), target, prediction, k, form);
  }

  static RowScores scores(String name, Tensor target, Tensor prediction, int k, Form form) {
    IntUnaryOperator label = labels(name, target, prediction, form);
    Storage scores = prediction.storage();
    int classes = prediction.dim(-1);
    return new RowScores(
        scores.length() / classes,
        row -> isAmongBest(scores, row * classes, classes, label.applyAsInt(row), k) ? 1 : 0);
  }

  /// Returns what tells the true class of a row.
  private static IntUnaryOperator labels(String name, Tensor target, Tensor prediction, Form form) {
    boolean sparse =
        form == Form.SPARSE
            || (form == Form.BY_SHAPE
                && (target.rank() < prediction.rank() || target.dim(-1) == 1));
    if (sparse) {
      Storage labels = Targets.labels(name, target, prediction).storage();
      return row -> (int) labels.get(row);
    }
    Targets.checkClasses(name, prediction);
    Storage targets = Targets.like(name, target, prediction).storage();
    int classes = prediction.dim(-1);
    return row -> firstLargest(targets, row * classes, classes);
  }

  private static int firstLargest(Storage storage, int start, int classes) {
    int best = 0;
    for (int i = 1; i < classes; i++) {
      if (storage.get(start + i) > storage.get(start + best)) {
        best = i;
      }
    }
    return best;
  }

  /// With k = 1 the first among equals wins, as with argmax; otherwise equals all count, as in
  /// Keras. A row with NaN says nothing, so it is wrong.
  private static boolean isAmongBest(Storage scores, int start, int classes, int label, int k) {
    double own = scores.get(start + label);
    int better = 0;
    for (int i = 0; i < classes; i++) {
      double other = scores.get(start + i);
      if (Double.isNaN(other)) {
        return false;
      }
      better += other > own || (k == 1 && other == own && i < label) ? 1 : 0;
    }
    return better < k;
  }
}
