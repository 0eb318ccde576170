package taut.core.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

class VectorSoftmaxTest {
  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();
  private static final int[][] SHAPES = {
    {0, 5},
    {1, 1},
    {3, 2},
    {5, 10},
    {4, LANES - 1},
    {LANES, 3},
    {3 * LANES + 1, 10},
    {40, 1},
    {40, 20},
    {40, 21},
    {40, 48},
    {40, 49},
    {20_000, 10},
    {4, LANES},
    {4, LANES + 1},
    {7, 100},
    {2, 1009},
    {2000, 97},
    {300, 1000},
  };

  /// Returns log Σ exp x of one row, as the reference computes it.
  private static double logSum(float[] x, int offset, int classes) {
    double maximum = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < classes; i++) {
      maximum = Math.max(maximum, x[offset + i]);
    }
    double sum = 0;
    for (int i = 0; i < classes; i++) {
      sum += Math.exp(x[offset + i] - maximum);
    }
    return maximum + Math.log(sum);
  }

  private static void assertClose(double wanted, float got, double tolerance, String what) {
    if (Double.isNaN(wanted) || Double.isInfinite(wanted)) {
      assertEquals((float) wanted, got, what);
    } else {
      assertEquals(wanted, got, tolerance * (1 + Math.abs(wanted)), what);
    }
  }

  @Test
  void softmaxAndLogSoftmaxAgreeWithDoublePrecision() {
    for (int[] shape : SHAPES) {
      int rows = shape[0];
      int classes = shape[1];
      float[] x = AwkwardFloats.finite(rows * classes + 3, 1);
      float[] soft = new float[rows * classes + 1];
      float[] log = new float[rows * classes + 1];
      VectorSoftmax.softmax(x, 3, soft, 1, rows, classes);
      VectorSoftmax.logSoftmax(x, 3, log, 1, rows, classes);
      for (int row = 0; row < rows; row++) {
        double logSum = logSum(x, 3 + row * classes, classes);
        for (int i = row * classes; i < (row + 1) * classes; i++) {
          double exact = x[3 + i] - logSum;
          assertClose(exact, log[1 + i], 5e-6, "log-softmax of " + rows + " x " + classes);
          double probability = Math.exp(exact);
          assertEquals(probability, soft[1 + i], 5e-6 * probability * (1 - exact) + 1e-37);
        }
      }
    }
  }

  @Test
  void gradientsAgreeWithDoublePrecision() {
    for (int[] shape : SHAPES) {
      int rows = shape[0];
      int classes = shape[1];
      float[] y = AwkwardFloats.finite(rows * classes, 1);
      float[] c = AwkwardFloats.finite(rows * classes + 2, 2);
      VectorSoftmax.logSoftmax(y, 0, y, 0, rows, classes);
      float[] out = new float[rows * classes + 1];
      float[] log = new float[rows * classes + 1];
      VectorSoftmax.softmaxGradient(c, 2, y, 0, out, 1, rows, classes);
      VectorSoftmax.logSoftmaxGradient(c, 2, y, 0, log, 1, rows, classes);
      for (int row = 0; row < rows; row++) {
        double dot = 0;
        double sum = 0;
        double scale = 0;
        for (int i = row * classes; i < (row + 1) * classes; i++) {
          dot += (double) c[2 + i] * y[i];
          sum += c[2 + i];
          scale += Math.abs(c[2 + i]) * (1 + Math.abs(y[i]));
        }
        for (int i = row * classes; i < (row + 1) * classes; i++) {
          assertEquals(y[i] * (c[2 + i] - dot), out[1 + i], 2e-6 * scale * (1 + Math.abs(y[i])));
          assertEquals(c[2 + i] - Math.exp(y[i]) * sum, log[1 + i], 2e-6 * scale);
        }
      }
    }
  }

  @Test
  void crossEntropiesAndTheirGradientsAgreeWithDoublePrecision() {
    for (int[] shape : SHAPES) {
      int rows = shape[0];
      int classes = shape[1];
      Random random = new Random(4);
      float[] x = AwkwardFloats.finite(rows * classes + 3, 1);
      float[] c = AwkwardFloats.finite(rows + 1, 3);
      float[] dense = new float[rows * classes + 2];
      int[] labels = new int[rows + 4];
      for (int row = 0; row < rows; row++) {
        labels[4 + row] = random.nextInt(classes);
        for (int i = 0; i < classes; i++) {
          dense[2 + row * classes + i] = random.nextFloat();
        }
      }
      float[] loss = new float[rows + 1];
      float[] sparse = new float[rows + 1];
      float[] gradient = new float[rows * classes + 1];
      float[] sparseGradient = new float[rows * classes + 1];
      VectorCrossEntropy.loss(x, 3, dense, 2, loss, 1, rows, classes);
      VectorCrossEntropy.sparseLoss(x, 3, labels, 4, sparse, 1, rows, classes);
      VectorCrossEntropy.lossGradient(x, 3, dense, 2, c, 1, gradient, 1, rows, classes);
      VectorCrossEntropy.sparseLossGradient(
          x, 3, labels, 4, c, 1, sparseGradient, 1, rows, classes);
      for (int row = 0; row < rows; row++) {
        double logSum = logSum(x, 3 + row * classes, classes);
        double wanted = 0;
        double total = 0;
        for (int i = row * classes; i < (row + 1) * classes; i++) {
          wanted += dense[2 + i] * (logSum - x[3 + i]);
          total += dense[2 + i];
        }
        assertClose(wanted, loss[1 + row], 1e-5, "dense loss");
        int hot = row * classes + labels[4 + row];
        assertClose(logSum - x[3 + hot], sparse[1 + row], 1e-5, "sparse loss");
        for (int i = row * classes; i < (row + 1) * classes; i++) {
          double probability = Math.exp(x[3 + i] - logSum);
          double scale = Math.abs(c[1 + row]) * 5e-6;
          assertEquals(
              c[1 + row] * (probability * total - dense[2 + i]),
              gradient[1 + i],
              scale * (1 + total));
          assertEquals(
              c[1 + row] * (probability - (i == hot ? 1 : 0)), sparseGradient[1 + i], scale);
        }
      }
    }
  }

  @Test
  void infinitiesAndNanGiveWhatTheFormulaGives() {
    float nan = Float.NaN;
    float inf = Float.POSITIVE_INFINITY;
    float[][] rows = {
      {1, nan, 2}, {1, inf, 2}, {-inf, -inf, -inf}, {-inf, 0, -inf}, {1000, 0, -1000}, {3e38f, 1, 2}
    };
    float[][] wanted = {
      {nan, nan, nan}, {nan, nan, nan}, {nan, nan, nan}, {0, 1, 0}, {1, 0, 0}, {1, 0, 0}
    };
    for (int i = 0; i < rows.length; i++) {
      float[] out = new float[3];
      VectorSoftmax.softmax(rows[i], 0, out, 0, 1, 3);
      assertArrayEquals(wanted[i], out, "row " + i);
    }
    float[] loss = new float[1];
    VectorCrossEntropy.sparseLoss(rows[3], 0, new int[] {0}, 0, loss, 0, 1, 3);
    assertEquals(inf, loss[0]);
    VectorCrossEntropy.sparseLoss(rows[4], 0, new int[] {2}, 0, loss, 0, 1, 3);
    assertEquals(2000, loss[0]);
  }

  @Test
  void rowsOfFewClassesAreSpecialWhereverTheyStand() {
    float nan = Float.NaN;
    float inf = Float.POSITIVE_INFINITY;
    float[][] logits = {{0, -inf, 0}, {1, inf, 2}, {0, nan, 0}, {-inf, -inf, -inf}, {0, 0, 0}};
    float[][] targets = {{0.5f, 0, 0.5f}, {0, 1, 0}, {1, 0, 0}, {0, 1, 0}, {1, 0, 0}};
    double[] wanted = {Math.log(2), nan, nan, nan, Math.log(3)};
    int rows = 8 * LANES + 3;
    float[] x = new float[3 * rows];
    float[] t = new float[3 * rows];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(logits[row % 5], 0, x, 3 * row, 3);
      System.arraycopy(targets[row % 5], 0, t, 3 * row, 3);
    }
    float[] loss = new float[rows];
    float[] softmax = new float[3 * rows];
    VectorCrossEntropy.loss(x, 0, t, 0, loss, 0, rows, 3);
    VectorSoftmax.softmax(x, 0, softmax, 0, rows, 3);
    for (int row = 0; row < rows; row++) {
      int kind = row % 5;
      assertClose(wanted[kind], loss[row], 1e-6, "row " + row);
      for (int i = 0; i < 3; i++) {
        boolean undefined = kind >= 1 && kind <= 3;
        double probability = kind == 4 ? 1.0 / 3 : (i == 1 ? 0 : 0.5);
        assertClose(undefined ? nan : probability, softmax[3 * row + i], 1e-6, "row " + row);
      }
    }
    t[1] = 0.5f;
    VectorCrossEntropy.loss(x, 0, t, 0, loss, 0, rows, 3);
    assertEquals(inf, loss[0]);
  }

  @Test
  void doesNotDependOnTheNumberOfThreads() {
    int rows = 2000;
    int classes = 97;
    float[] x = AwkwardFloats.finite(rows * classes, 1);
    float[] c = AwkwardFloats.finite(rows, 2);
    int threads = Parallel.threads();
    float[][] results = new float[2][rows * classes];
    try {
      for (int i = 0; i < 2; i++) {
        Parallel.setThreads(i + 1);
        VectorCrossEntropy.sparseLossGradient(
            x, 0, new int[rows], 0, c, 0, results[i], 0, rows, classes);
        VectorSoftmax.logSoftmax(results[i], 0, results[i], 0, rows, classes);
      }
    } finally {
      Parallel.setThreads(threads);
    }
    assertArrayEquals(results[0], results[1]);
  }

  @Test
  void refusesLabelsThatAreNoClass() {
    for (int label : new int[] {-1, 3}) {
      IllegalArgumentException thrown =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  VectorCrossEntropy.sparseLoss(
                      new float[6], 0, new int[] {0, label}, 0, new float[2], 0, 2, 3));
      assertTrue(thrown.getMessage().contains("got " + label + " in row 1"), thrown.getMessage());
    }
  }
}
