package taut.core.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import taut.core.DType;
import taut.core.Shape;
import taut.core.Storage;
import taut.core.Tensor;

/// Pooling as it runs against pooling as it is read, on random windows.
class VectorPoolingTest {
  private static final int DEFAULT_THREADS = Parallel.threads();

  private final SpatialKernels reference = ReferenceSpatialKernels.INSTANCE;
  private final SpatialKernels vector = VectorSpatialKernels.INSTANCE;

  private int maximaCompared;

  private interface Two {
    void run(SpatialKernels kernels, SpatialPlan plan, Storage x, Storage out);
  }

  @AfterEach
  void restoreThreads() {
    Parallel.setThreads(DEFAULT_THREADS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 15, 16, 17, 35, 128})
  void agreesOnRandomWindows(int channels) {
    Random random = new Random(channels);
    for (int trial = 0; trial < 40; trial++) {
      SpatialPlan plan = RandomPlans.plan(random, channels, channels, 1);
      int x = plan.batch() * plan.inputPositions() * channels;
      int out = plan.batch() * plan.outputPositions() * channels;
      String where = RandomPlans.describe(plan);
      float[] input = AwkwardFloats.finite(x, trial);
      float[] cotangent = AwkwardFloats.finite(out, trial);
      check(SpatialKernels::averagePool, plan, input, out, where + ", average");
      check(SpatialKernels::averagePoolGradient, plan, cotangent, x, where + ", average gradient");
    }
  }

  /// Among few different values ties are common, and NaN, infinities and both zeros take part.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 15, 16, 17, 35, 128})
  void winnersAreExactlyThose(int channels) {
    Random random = new Random(channels);
    float[] few = {
      0f, -0f, 1f, -1f, Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 2f
    };
    for (int trial = 0; trial < 40; trial++) {
      SpatialPlan plan = RandomPlans.plan(random, channels, channels, 1);
      float[] x = new float[plan.batch() * plan.inputPositions() * channels];
      for (int i = 0; i < x.length; i++) {
        x[i] = few[random.nextInt(few.length)];
      }
      int length = plan.batch() * plan.outputPositions() * channels;
      double[] wanted =
          run(reference, SpatialKernels::maxPoolWinners, plan, x, length, DType.INT32);
      String where = RandomPlans.describe(plan);
      for (int threads = 1; threads <= 2; threads++) {
        Parallel.setThreads(threads);
        double[] got = run(vector, SpatialKernels::maxPoolWinners, plan, x, length, DType.INT32);
        assertArrayEquals(wanted, got, where);
      }
      checkMaximum(plan, x, length, where);
    }
    assertTrue(maximaCompared > 20, "only " + maximaCompared + " windows without lone padding");
  }

  /// Where every window has an element, the maxima and their gradient are exactly the reference's.
  private void checkMaximum(SpatialPlan plan, float[] x, int length, String where) {
    double[] places = run(reference, SpatialKernels::maxPoolWinners, plan, x, length, DType.INT32);
    if (Arrays.stream(places).anyMatch(place -> place < 0)) {
      return;
    }
    float[] cotangents = new float[length];
    for (int i = 0; i < length; i++) {
      cotangents[i] = i % 1000 + 1; // sums of whole numbers are exact in any order
    }
    Storage c = Tensor.vector(cotangents).storage();
    Two gradient = (kernels, p, in, out) -> kernels.maxPoolGradient(p, in, c, out);
    double[] maxima = run(reference, SpatialKernels::maxPool, plan, x, length, DType.FLOAT32);
    double[] sums = run(reference, gradient, plan, x, x.length, DType.FLOAT32);
    for (int threads = 1; threads <= 2; threads++) {
      Parallel.setThreads(threads);
      assertArrayEquals(
          maxima, run(vector, SpatialKernels::maxPool, plan, x, length, DType.FLOAT32), where);
      assertArrayEquals(sums, run(vector, gradient, plan, x, x.length, DType.FLOAT32), where);
    }
    maximaCompared++;
  }

  private void check(Two kernel, SpatialPlan plan, float[] x, int length, String where) {
    double[] wanted = run(reference, kernel, plan, x, length, DType.FLOAT32);
    float[] magnitudes = x.clone();
    for (int i = 0; i < x.length; i++) {
      magnitudes[i] = Math.abs(x[i]);
    }
    double[] scale = run(reference, kernel, plan, magnitudes, length, DType.FLOAT32);
    Parallel.setThreads(1);
    double[] one = run(vector, kernel, plan, x, length, DType.FLOAT32);
    Parallel.setThreads(2);
    double[] two = run(vector, kernel, plan, x, length, DType.FLOAT32);
    assertArrayEquals(one, two, where + ": one and two threads differ");
    for (int i = 0; i < length; i++) {
      assertEquals(wanted[i], one[i], 2e-6 * scale[i] + 1e-30, where + ", element " + i);
    }
  }

  private static double[] run(
      SpatialKernels kernels, Two kernel, SpatialPlan plan, float[] x, int length, DType dtype) {
    // Whatever was in the result before must be gone.
    Storage out = Tensor.full(Shape.of(length), 7, dtype).storage();
    kernel.run(kernels, plan, Tensor.of(Shape.of(x.length), x).storage(), out);
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = out.get(i);
    }
    return values;
  }
}
