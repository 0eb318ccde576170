package taut.core.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VectorOptimizerTest {
  private static final float RATE = 0.05f;
  private static final float MOMENTUM = 0.9f;
  private static final double LOST = 0.005;
  private static final StepTerms TERMS = new StepTerms(1, Double.POSITIVE_INFINITY, LOST);
  private static final float TAKE1 = 0.1f;
  private static final float TAKE2 = 0.001f;
  private static final float EPSILON = 1e-7f;
  private static final int STEPS = 4;

  private static void assertClose(double[] wanted, float[] got, int offset) {
    for (int i = 0; i < wanted.length; i++) {
      assertEquals(wanted[i], got[offset + i], 3e-6 * (1 + Math.abs(wanted[i])), "element " + i);
    }
  }

  private static double[] widen(float[] x, int offset, int length) {
    double[] result = new double[length];
    Arrays.setAll(result, i -> x[offset + i]);
    return result;
  }

  @Test
  void momentumVariantsFollowTheirFormulas() {
    for (int length : AwkwardFloats.lengths()) {
      for (int variant = 0; variant < 3; variant++) {
        float[] w = AwkwardFloats.finite(length + 4, 1);
        float[] v = new float[length + 3];
        double[] weights = widen(w, 2, length);
        double[] velocity = new double[length];
        for (int step = 0; step < STEPS; step++) {
          float[] g = AwkwardFloats.finite(length + 1, 10 + step);
          for (int i = 0; i < length; i++) {
            double move = RATE * (double) g[1 + i];
            velocity[i] = MOMENTUM * velocity[i] - move;
            double change =
                switch (variant) {
                  case 0 -> -move;
                  case 1 -> velocity[i];
                  default -> MOMENTUM * velocity[i] - move;
                };
            weights[i] = (1 - LOST) * weights[i] + change;
          }
          if (variant == 0) {
            VectorOptimizer.descend(w, 2, g, 1, length, RATE, TERMS);
          } else {
            VectorOptimizer.momentum(w, 2, g, 1, v, 3, length, RATE, MOMENTUM, variant == 2, TERMS);
          }
        }
        assertClose(weights, w, 2);
      }
    }
  }

  @Test
  void adamVariantsFollowTheirFormulas() {
    for (int length : AwkwardFloats.lengths()) {
      for (boolean amsgrad : new boolean[] {false, true}) {
        float[] w = AwkwardFloats.finite(length + 4, 1);
        float[] m = new float[length];
        float[] v = new float[length + 1];
        float[] largest = new float[length + 2];
        double[] weights = widen(w, 2, length);
        double[] first = new double[length];
        double[] second = new double[length];
        double[] top = new double[length];
        for (int step = 1; step <= STEPS; step++) {
          float[] g = AwkwardFloats.finite(length + 1, 10 + step);
          float alpha =
              (float)
                  (RATE
                      * Math.sqrt(1 - Math.pow(1 - TAKE2, step))
                      / (1 - Math.pow(1 - TAKE1, step)));
          for (int i = 0; i < length; i++) {
            double gradient = g[1 + i];
            first[i] += (gradient - first[i]) * TAKE1;
            second[i] += (gradient * gradient - second[i]) * TAKE2;
            top[i] = Math.max(top[i], second[i]);
            double divisor = Math.sqrt(amsgrad ? top[i] : second[i]) + EPSILON;
            weights[i] = (1 - LOST) * weights[i] - alpha * first[i] / divisor;
          }
          if (amsgrad) {
            VectorAdam.amsgrad(
                w, 2, g, 1, m, 0, v, 1, largest, 2, length, alpha, TAKE1, TAKE2, EPSILON, TERMS);
          } else {
            VectorAdam.adam(w, 2, g, 1, m, 0, v, 1, length, alpha, TAKE1, TAKE2, EPSILON, TERMS);
          }
        }
        assertClose(weights, w, 2);
        assertClose(first, m, 0);
      }
    }
  }

  @Test
  void anElementMovesTheSameWhereverItStands() {
    float[] w = AwkwardFloats.finite(203, 1);
    float[] g = AwkwardFloats.finite(203, 2);
    float[] m = AwkwardFloats.finite(203, 3);
    float[] v = new float[203];
    Arrays.fill(v, 0.3f);
    float[] together = w.clone();
    VectorAdam.adam(
        together, 0, g, 0, m.clone(), 0, v.clone(), 0, 203, RATE, TAKE1, TAKE2, EPSILON, TERMS);
    float[] apart = w.clone();
    for (int i = 0; i < 203; i++) {
      VectorAdam.adam(apart, i, g, i, m, i, v, i, 1, RATE, TAKE1, TAKE2, EPSILON, TERMS);
    }
    assertArrayEquals(together, apart);
    VectorOptimizer.momentum(together, 0, g, 0, v.clone(), 0, 203, RATE, MOMENTUM, true, TERMS);
    for (int i = 0; i < 203; i++) {
      VectorOptimizer.momentum(apart, i, g, i, v, i, 1, RATE, MOMENTUM, true, TERMS);
    }
    assertArrayEquals(together, apart);
  }

  @Test
  void additionsInPlaceAndFilling() {
    for (int length : AwkwardFloats.lengths()) {
      float[] x = AwkwardFloats.finite(length + 2, 1);
      float[] into = AwkwardFloats.finite(length + 3, 2);
      float[] sum = into.clone();
      VectorUpdate.add(x, 2, sum, 1, length);
      float[] scaled = into.clone();
      VectorUpdate.scaledAdd(-0.3f, x, 2, scaled, 1, length);
      for (int i = 0; i < length; i++) {
        assertEquals(into[1 + i] + x[2 + i], sum[1 + i]);
        assertEquals(Math.fma(-0.3f, x[2 + i], into[1 + i]), scaled[1 + i]);
      }
      VectorUpdate.fill(4, sum, 1, length);
      for (int i = 0; i < length; i++) {
        assertEquals(4, sum[1 + i]);
      }
      assertEquals(into[0], sum[0]);
      assertEquals(into[length + 2], sum[length + 2]);
    }
  }

  @Test
  void refusesRangesOutsideTheArrays() {
    float[] x = new float[4];
    float[] y = new float[5];
    assertThrows(
        IndexOutOfBoundsException.class, () -> VectorOptimizer.descend(x, 0, y, 0, 5, 1, TERMS));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> VectorAdam.adam(y, 0, y, 0, y, 0, x, 0, 5, 1, 1, 1, 1, TERMS));
    assertThrows(IndexOutOfBoundsException.class, () -> VectorUpdate.add(y, 0, x, 0, 5));
  }
}
