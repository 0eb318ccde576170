package taut.core.kernels;

import static jdk.incubator.vector.VectorOperators.EQ;
import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.all;
import static taut.core.kernels.Lanes.load;

import java.util.function.IntConsumer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// Does for rows of a few classes what [SoftmaxRow] does for long ones: a vector holds one class of
/// many rows.
///
/// A group of rows, as many as a vector has lanes, is turned ([TurnedRows]), so that ten classes
/// are ten vectors, and maxima, sums and logarithms are those of all these rows at once. Lanes
/// without a row repeat the last one.
final class FewClasses {
  /// From so many classes on, vectors along the rows are faster.
  static final int LIMIT = 48;

  /// The buffers of each thread.
  private static final ThreadLocal<FewClasses> CURRENT = ThreadLocal.withInitial(FewClasses::new);

  private int classes;
  private final float[] elements = new float[LIMIT * COUNT];
  private final float[] targets = new float[LIMIT * COUNT];
  private final float[] maxima = new float[COUNT];
  private final float[] sums = new float[COUNT];
  private final float[] results = new float[COUNT];

  private FewClasses() {}

  /// Does the work on one group of rows.
  interface Group {
    /// Works on `rows` rows from the one numbered `row` on, at most as many as a vector has lanes.
    void run(FewClasses few, int row, int rows);
  }

  /// Runs `group` for the rows a group at a time where they are so many and so short that this
  /// pays, else `each` for every row. Many rows are split among threads.
  ///
  /// @param work what a row is worth, in elements of simple work
  static void forEachRow(int rows, int work, int classes, Group group, IntConsumer each) {
    Blocks.forEachRow(
        rows,
        work,
        (start, size) -> {
          if (classes <= LIMIT && 2 * size >= COUNT) {
            forEachGroup(start, size, classes, group);
          } else {
            for (int row = start; row < start + size; row++) {
              each.accept(row);
            }
          }
        });
  }

  private static void forEachGroup(int start, int rows, int classes, Group group) {
    FewClasses few = CURRENT.get();
    few.classes = classes;
    for (int row = start; row < start + rows; row += COUNT) {
      group.run(few, row, Math.min(COUNT, start + rows - row));
    }
  }

  /// Computes softmax of `rows` rows, at most as many as a vector has lanes.
  void softmax(float[] x, int offset, float[] out, int outOffset, int rows) {
    TurnedRows.turn(x, offset, rows, classes, elements);
    exponentials(elements, classes, maxima, sums);
    scaleByInverse(elements, classes, sums);
    TurnedRows.turnBack(elements, out, outOffset, rows, classes);
  }

  /// Computes log-softmax of such rows.
  void logSoftmax(float[] x, int offset, float[] out, int outOffset, int rows) {
    TurnedRows.turn(x, offset, rows, classes, elements);
    logSums(elements, classes, maxima, sums);
    subtract(elements, classes, maxima, sums);
    TurnedRows.turnBack(elements, out, outOffset, rows, classes);
  }

  /// Computes the losses of such rows for one label a row.
  void sparseLoss(
      float[] x, int offset, int[] labels, int labelsOffset, float[] out, int outOffset, int rows) {
    TurnedRows.turn(x, offset, rows, classes, elements);
    logSums(elements, classes, maxima, sums);
    for (int row = 0; row < rows; row++) {
      float own = x[offset + row * classes + labels[labelsOffset + row]];
      out[outOffset + row] = sums[row] - (own - maxima[row]);
    }
  }

  /// Computes the losses of such rows for dense labels.
  void loss(
      float[] x,
      int offset,
      float[] labels,
      int labelsOffset,
      float[] out,
      int outOffset,
      int rows) {
    TurnedRows.turn(x, offset, rows, classes, elements);
    TurnedRows.turn(labels, labelsOffset, rows, classes, targets);
    logSums(elements, classes, maxima, sums);
    surprise(elements, targets, classes, maxima, sums, results);
    System.arraycopy(results, 0, out, outOffset, rows);
  }

  /// Computes the gradients `c·(softmax(x) - onehot)` of such rows.
  void sparseGradient(
      float[] x,
      int offset,
      int[] labels,
      int labelsOffset,
      float[] c,
      int cOffset,
      float[] out,
      int outOffset,
      int rows) {
    TurnedRows.turn(x, offset, rows, classes, elements);
    exponentials(elements, classes, maxima, sums);
    scaleByInverse(elements, classes, sums);
    for (int row = 0; row < rows; row++) {
      elements[labels[labelsOffset + row] * COUNT + row] -= 1;
    }
    System.arraycopy(c, cOffset, results, 0, rows);
    scale(elements, classes, results);
    TurnedRows.turnBack(elements, out, outOffset, rows, classes);
  }

  /// Computes the gradients `c·(softmax(x)·Σt - t)` of such rows.
  void gradient(
      float[] x,
      int offset,
      float[] labels,
      int labelsOffset,
      float[] c,
      int cOffset,
      float[] out,
      int outOffset,
      int rows) {
    TurnedRows.turn(x, offset, rows, classes, elements);
    TurnedRows.turn(labels, labelsOffset, rows, classes, targets);
    exponentials(elements, classes, maxima, sums);
    System.arraycopy(c, cOffset, results, 0, rows);
    difference(elements, targets, classes, sums, results);
    TurnedRows.turnBack(elements, out, outOffset, rows, classes);
  }

  private static FloatVector maximum(float[] x, int classes) {
    FloatVector maximum = load(x, 0);
    for (int i = 1; i < classes; i++) {
      maximum = maximum.max(load(x, i * COUNT));
    }
    return maximum;
  }

  // Replaces x by exp(x - maximum) and writes the sums.
  private static void exponentials(float[] x, int classes, float[] maxima, float[] sums) {
    maximum(x, classes).intoArray(maxima, 0);
    FloatVector maximum = load(maxima, 0);
    FloatVector sum = all(0f);
    for (int i = 0; i < classes; i++) {
      FloatVector exponential = VectorMath.expOfNegative(load(x, i * COUNT).sub(maximum));
      exponential.intoArray(x, i * COUNT);
      sum = sum.add(exponential);
    }
    sum.intoArray(sums, 0);
  }

  // Writes log Σ exp(x - maximum).
  private static void logSums(float[] x, int classes, float[] maxima, float[] sums) {
    maximum(x, classes).intoArray(maxima, 0);
    FloatVector maximum = load(maxima, 0);
    FloatVector sum = all(0f);
    for (int i = 0; i < classes; i++) {
      sum = sum.add(VectorMath.expOfNegative(load(x, i * COUNT).sub(maximum)));
    }
    VectorLog.log(sum).intoArray(sums, 0);
  }

  private static void scaleByInverse(float[] x, int classes, float[] divisors) {
    FloatVector factor = all(1f).div(load(divisors, 0));
    for (int i = 0; i < classes; i++) {
      load(x, i * COUNT).mul(factor).intoArray(x, i * COUNT);
    }
  }

  private static void scale(float[] x, int classes, float[] factors) {
    FloatVector factor = load(factors, 0);
    for (int i = 0; i < classes; i++) {
      load(x, i * COUNT).mul(factor).intoArray(x, i * COUNT);
    }
  }

  // Replaces x by x - maximum - logSum.
  private static void subtract(float[] x, int classes, float[] maxima, float[] logSums) {
    for (int i = 0; i < classes; i++) {
      FloatVector distance = load(x, i * COUNT).sub(load(maxima, 0));
      distance.sub(load(logSums, 0)).intoArray(x, i * COUNT);
    }
  }

  // Writes Σ t·(logSum - (x - maximum)); a target of 0 at a logit of -Inf adds 0.
  private static void surprise(
      float[] x, float[] t, int classes, float[] maxima, float[] logSums, float[] losses) {
    FloatVector loss = all(0f);
    for (int i = 0; i < classes; i++) {
      FloatVector logit = load(x, i * COUNT);
      FloatVector target = load(t, i * COUNT);
      VectorMask<Float> impossible = logit.compare(EQ, Float.NEGATIVE_INFINITY);
      VectorMask<Float> absent = target.compare(EQ, 0f).and(impossible);
      FloatVector surprise = load(logSums, 0).sub(logit.sub(load(maxima, 0)));
      loss = target.fma(surprise.blend(0f, absent), loss);
    }
    loss.intoArray(losses, 0);
  }

  // Replaces exponentials e by c·(e·Σt / Σe - t).
  private static void difference(float[] e, float[] t, int classes, float[] sums, float[] c) {
    FloatVector total = load(t, 0);
    for (int i = 1; i < classes; i++) {
      total = total.add(load(t, i * COUNT));
    }
    FloatVector factor = total.div(load(sums, 0));
    for (int i = 0; i < classes; i++) {
      FloatVector difference = load(e, i * COUNT).mul(factor).sub(load(t, i * COUNT));
      difference.mul(load(c, 0)).intoArray(e, i * COUNT);
    }
  }
}
