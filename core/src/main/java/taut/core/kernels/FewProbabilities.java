package taut.core.kernels;

import static jdk.incubator.vector.VectorOperators.EQ;
import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.all;
import static taut.core.kernels.Lanes.load;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// Does for groups of rows of a few probabilities what [LikelihoodLoops] does for long ones: a
/// vector holds one class of many rows, as in [FewClasses].
final class FewProbabilities {
  private static final ThreadLocal<FewProbabilities> CURRENT =
      ThreadLocal.withInitial(FewProbabilities::new);

  private final float[] elements = new float[FewClasses.LIMIT * COUNT];
  private final float[] targets = new float[FewClasses.LIMIT * COUNT];
  private final float[] sums = new float[COUNT];
  private final float[] numbers = new float[COUNT];

  private FewProbabilities() {}

  /// Returns this thread's buffers.
  static FewProbabilities current() {
    return CURRENT.get();
  }

  /// Computes the losses of `rows` rows for dense targets.
  void loss(float[] p, int i, float[] t, int j, float[] out, int o, int rows, int classes) {
    TurnedRows.turn(p, i, rows, classes, elements);
    TurnedRows.turn(t, j, rows, classes, targets);
    sum(elements, classes, sums);
    loss(elements, targets, classes, sums, numbers);
    System.arraycopy(numbers, 0, out, o, rows);
  }

  /// Computes the losses of `rows` rows for one label a row.
  void sparseLoss(
      float[] p, int i, int[] labels, int j, float[] out, int o, int rows, int classes) {
    TurnedRows.turn(p, i, rows, classes, elements);
    sum(elements, classes, sums);
    for (int row = 0; row < rows; row++) {
      numbers[row] = p[i + row * classes + labels[j + row]];
    }
    FloatVector q = LikelihoodLoops.clip(load(numbers, 0).div(load(sums, 0)));
    VectorLog.logOfNormal(q).neg().intoArray(numbers, 0);
    System.arraycopy(numbers, 0, out, o, rows);
  }

  /// Computes the gradients of `rows` rows for dense targets.
  void gradient(
      float[] p,
      int i,
      float[] t,
      int j,
      float[] c,
      int k,
      float[] out,
      int o,
      int rows,
      int classes) {
    TurnedRows.turn(p, i, rows, classes, elements);
    TurnedRows.turn(t, j, rows, classes, targets);
    System.arraycopy(c, k, numbers, 0, rows);
    sum(elements, classes, sums);
    gradient(elements, targets, classes, sums, numbers);
    TurnedRows.turnBack(elements, out, o, rows, classes);
  }

  private static void sum(float[] p, int classes, float[] sums) {
    FloatVector sum = all(0f);
    for (int n = 0; n < classes; n++) {
      sum = sum.add(load(p, n * COUNT));
    }
    sum.intoArray(sums, 0);
  }

  private static void loss(float[] p, float[] t, int classes, float[] sums, float[] losses) {
    FloatVector loss = all(0f);
    for (int n = 0; n < classes; n++) {
      FloatVector target = load(t, n * COUNT);
      FloatVector q = LikelihoodLoops.clip(load(p, n * COUNT).div(load(sums, 0)));
      FloatVector log = VectorLog.logOfNormal(q).blend(0f, target.compare(EQ, 0f));
      loss = target.neg().fma(log, loss);
    }
    loss.intoArray(losses, 0);
  }

  // Replaces p by c·(Σ m·t / Σp - m·t / p).
  private static void gradient(float[] p, float[] t, int classes, float[] sums, float[] c) {
    FloatVector sum = load(sums, 0);
    FloatVector total = all(0f);
    for (int n = 0; n < classes; n++) {
      VectorMask<Float> outside = LikelihoodLoops.outside(load(p, n * COUNT).div(sum));
      FloatVector counted = load(t, n * COUNT).blend(0f, outside);
      counted.intoArray(t, n * COUNT);
      total = total.add(counted);
    }
    FloatVector common = total.div(sum);
    for (int n = 0; n < classes; n++) {
      FloatVector counted = load(t, n * COUNT);
      FloatVector own = counted.div(load(p, n * COUNT)).blend(0f, counted.compare(EQ, 0f));
      common.sub(own).mul(load(c, 0)).intoArray(p, n * COUNT);
    }
  }
}
