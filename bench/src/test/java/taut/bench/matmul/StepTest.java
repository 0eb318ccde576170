package taut.bench.matmul;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.kernels.Parallel;
import taut.core.kernels.ReferenceKernels;

/// Every step of the page computes the product of the reference kernel.
class StepTest {
  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

  /// Sizes around the borders of vectors, tiles, packed panels and blocks of rows: {m, n, k}.
  private static final int[][] SHAPES = {
    {0, 5, 3},
    {5, 0, 3},
    {5, 3, 0},
    {1, 1, 1},
    {1, LANES, 7},
    {4, 2 * LANES, 1},
    {3, 2 * LANES - 1, 31},
    {5, 2 * LANES + 1, 2},
    {7, LANES - 1, 13},
    {8, LANES + 1, 256},
    {67, 4 * LANES, 257},
    {64, 3 * LANES, 513},
    {129, 101, 53},
  };

  @AfterEach
  void restoreThreads() {
    Parallel.setThreads(Runtime.getRuntime().availableProcessors());
  }

  @ParameterizedTest
  @EnumSource
  void multipliesAnyShape(Step step) {
    Parallel.setThreads(step.threads());
    for (int[] shape : SHAPES) {
      int m = shape[0];
      int n = shape[1];
      int k = shape[2];
      Tensor a = RandomStream.of(1).normal(Shape.of(m, k), 0, 1);
      Tensor b = RandomStream.of(2).normal(Shape.of(k, n), 0, 1);
      float[] c = new float[m * n];
      Arrays.fill(c, Float.NaN);
      step.product().multiply(m, n, k, a.toFloats(), b.toFloats(), c);
      // Sums of k products of normal numbers are about √k, and each rounds k times.
      assertArrayEquals(
          reference(m, n, k, a, b), c, 1e-6f * (k + 1), step + " of " + Arrays.toString(shape));
    }
  }

  private static float[] reference(int m, int n, int k, Tensor a, Tensor b) {
    Tensor c = Tensor.zeros(m, n);
    new ReferenceKernels()
        .matmul(m, n, k, a.storage(), 0, false, b.storage(), 0, false, c.storage(), 0, false);
    return c.toFloats();
  }

  @ParameterizedTest
  @EnumSource
  void keepsWhatIsNotFinite(Step step) {
    int size = 2 * LANES + 3;
    float[] a = new float[size * size];
    float[] b = new float[size * size];
    float[] c = new float[size * size];
    a[0] = Float.POSITIVE_INFINITY;
    a[size + 1] = Float.NaN;
    b[0] = 2;
    step.product().multiply(size, size, size, a, b, c);
    assertEquals(Float.POSITIVE_INFINITY, c[0]);
    assertEquals(Float.NaN, c[1], "infinity times zero");
    assertEquals(Float.NaN, c[size]);
    assertEquals(0, c[2 * size]);
  }
}
