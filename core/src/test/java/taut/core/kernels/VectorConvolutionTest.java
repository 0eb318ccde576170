package taut.core.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import taut.core.DType;
import taut.core.FloatStorage;
import taut.core.Shape;
import taut.core.Storage;
import taut.core.Tensor;

/// The convolutions that run against the one that is read, with one and two threads.
class VectorConvolutionTest {
  private static final int DEFAULT_THREADS = Parallel.threads();

  private final SpatialKernels reference = ReferenceSpatialKernels.INSTANCE;
  private final SpatialKernels vector = VectorSpatialKernels.INSTANCE;

  private interface Three {
    void run(SpatialKernels kernels, SpatialPlan plan, Storage a, Storage b, Storage out);
  }

  @AfterEach
  void restoreThreads() {
    Parallel.setThreads(DEFAULT_THREADS);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void agreesOnRandomWindows(long seed) {
    Random random = new Random(seed);
    int[] sizes = {1, 2, 3, 5, 7, 16, 17};
    for (int trial = 0; trial < 60; trial++) {
      int channels = sizes[random.nextInt(sizes.length)];
      int filters = sizes[random.nextInt(sizes.length)];
      int groups = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1;
      check(RandomPlans.plan(random, channels, filters, groups), "seed " + seed);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 16, 19, 33, 64})
  void agreesWhenEachChannelHasAFilter(int channels) {
    Random random = new Random(channels);
    for (int trial = 0; trial < 30; trial++) {
      check(RandomPlans.plan(random, 1, 1, channels), "channels " + channels);
    }
  }

  @Test
  void agreesOnManyTiles() {
    check(square(8, 28, 1, 3, 1, 9, 1), "one channel");
    check(square(1, 40, 1, 5, 2, 20, 1), "one sample");
    check(square(5, 31, 5, 3, 1, 33, 1), "several samples");
    check(square(3, 17, 24, 3, 2, 24, 3), "groups");
    check(square(40, 3, 7, 2, 1, 5, 1), "samples smaller than a tile");
    check(square(20, 9, 48, 3, 1, 48, 48), "depthwise");
  }

  @Test
  void aWindowOfOneIsAProduct() {
    check(square(6, 19, 37, 1, 1, 40, 1), "without stride");
    check(square(6, 19, 37, 1, 2, 40, 1), "with stride");
    check(square(2, 1, 5, 1, 3, 4, 1), "one position");
  }

  /// Returns a two-dimensional plan with half of the window as padding.
  private static SpatialPlan square(
      int batch, int size, int channels, int window, int stride, int filters, int groups) {
    int output = (size + window / 2 * 2 - window) / stride + 1;
    return new SpatialPlan(
        batch,
        new int[] {1, size, size},
        channels,
        new int[] {1, window, window},
        new int[] {1, output, output},
        filters,
        new int[] {1, stride, stride},
        new int[] {1, 1, 1},
        new int[] {0, window / 2, window / 2},
        groups);
  }

  private void check(SpatialPlan plan, String what) {
    int x = plan.batch() * plan.inputPositions() * plan.channels();
    int kernel = plan.taps() * plan.channels() / plan.groups() * plan.filters();
    int out = plan.batch() * plan.outputPositions() * plan.filters();
    String where = what + ": " + RandomPlans.describe(plan);
    check(plan, x, kernel, out, SpatialKernels::convolve, where + ", forward");
    check(plan, out, kernel, x, SpatialKernels::convolveInputGradient, where + ", input gradient");
    check(
        plan, x, out, kernel, SpatialKernels::convolveKernelGradient, where + ", kernel gradient");
  }

  private void check(SpatialPlan plan, int a, int b, int out, Three kernel, String where) {
    float[] left = AwkwardFloats.finite(a, 1);
    float[] right = AwkwardFloats.finite(b, 2);
    double[] wanted = values(run(reference, kernel, plan, left, right, out));
    float[] magnitudesLeft = magnitudes(left);
    float[] magnitudesRight = magnitudes(right);
    double[] scale = values(run(reference, kernel, plan, magnitudesLeft, magnitudesRight, out));
    Parallel.setThreads(1);
    double[] one = values(run(vector, kernel, plan, left, right, out));
    Parallel.setThreads(2);
    double[] two = values(run(vector, kernel, plan, left, right, out));
    assertArrayEquals(one, two, where + ": one and two threads differ");
    for (int i = 0; i < out; i++) {
      assertEquals(wanted[i], one[i], 1e-5 * scale[i] + 1e-30, where + ", element " + i);
    }
  }

  private static Storage run(
      SpatialKernels kernels, Three kernel, SpatialPlan plan, float[] a, float[] b, int length) {
    // Whatever was in the result before must be gone.
    Tensor out = Tensor.full(Shape.of(length), 7, DType.FLOAT32);
    Storage left = Tensor.of(Shape.of(a.length), a).storage();
    Storage right = Tensor.of(Shape.of(b.length), b).storage();
    kernel.run(kernels, plan, left, right, out.storage());
    return out.storage();
  }

  private static float[] magnitudes(float[] values) {
    float[] magnitudes = values.clone();
    for (int i = 0; i < values.length; i++) {
      magnitudes[i] = Math.abs(values[i]);
    }
    return magnitudes;
  }

  private static double[] values(Storage storage) {
    double[] values = new double[storage.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = storage.get(i);
    }
    return values;
  }

  @Test
  void nonFiniteInputReachesTheWindowsOverIt() {
    SpatialPlan plan = square(2, 9, 4, 3, 1, 20, 1);
    float[] x = AwkwardFloats.finite(2 * 81 * 4, 3);
    x[(81 + 40) * 4 + 1] = Float.NaN;
    float[] kernel = AwkwardFloats.finite(9 * 4 * 20, 4);
    double[] wanted =
        values(run(reference, SpatialKernels::convolve, plan, x, kernel, 2 * 81 * 20));
    double[] got = values(run(vector, SpatialKernels::convolve, plan, x, kernel, 2 * 81 * 20));
    int hit = 0;
    for (int i = 0; i < got.length; i++) {
      assertEquals(Double.isNaN(wanted[i]), Double.isNaN(got[i]), "element " + i);
      hit += Double.isNaN(got[i]) ? 1 : 0;
    }
    assertEquals(9 * 20, hit);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void nonFiniteValuesReachWhatTheReferenceSays(long seed) {
    Random random = new Random(seed);
    int[] sizes = {1, 2, 5, 16, 17};
    int overPadding = 0;
    for (int trial = 0; trial < 40; trial++) {
      int channels = sizes[random.nextInt(sizes.length)];
      int filters = sizes[random.nextInt(sizes.length)];
      int groups = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1;
      SpatialPlan plan = RandomPlans.plan(random, channels, filters, groups);
      overPadding += checkSpecial(plan, random, RandomPlans.describe(plan));
    }
    assertTrue(overPadding > 15, "only " + overPadding + " windows reached over padding");
    checkSpecial(square(9, 13, 20, 3, 1, 20, 20), random, "depthwise");
    checkSpecial(square(9, 20, 3, 5, 2, 4, 1), random, "several tiles");
  }

  /// Checks all three kernels with a NaN or an infinity here and there in either factor; returns 1
  /// if a window reaches over padding.
  private int checkSpecial(SpatialPlan plan, Random random, String where) {
    int x = plan.batch() * plan.inputPositions() * plan.channels();
    int kernel = plan.taps() * plan.channels() / plan.groups() * plan.filters();
    int out = plan.batch() * plan.outputPositions() * plan.filters();
    Three[] kernels = {
      SpatialKernels::convolve,
      SpatialKernels::convolveInputGradient,
      SpatialKernels::convolveKernelGradient
    };
    int[][] lengths = {{x, kernel, out}, {out, kernel, x}, {x, out, kernel}};
    for (int i = 0; i < 3; i++) {
      for (int special = 1; special <= 3; special++) {
        float[] a = withSpecials(lengths[i][0], random, (special & 1) == 0 ? 0 : 2);
        float[] b = withSpecials(lengths[i][1], random, (special & 2) == 0 ? 0 : 2);
        double[] wanted = values(run(reference, kernels[i], plan, a, b, lengths[i][2]));
        double[] got = values(run(vector, kernels[i], plan, a, b, lengths[i][2]));
        for (int e = 0; e < wanted.length; e++) {
          String element = where + ", kernel " + i + ", element " + e;
          if (Double.isFinite(wanted[e])) {
            assertEquals(wanted[e], got[e], 1e-3 * Math.max(1, Math.abs(wanted[e])), element);
          } else {
            assertEquals(wanted[e], got[e], element);
          }
        }
      }
    }
    int[] products = new int[1];
    plan.forEachTap((in, at, o) -> products[0]++);
    return products[0] < plan.batch() * plan.outputPositions() * plan.taps() ? 1 : 0;
  }

  private static float[] withSpecials(int length, Random random, int count) {
    float[] specials = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    float[] values = AwkwardFloats.finite(length, random.nextLong());
    for (int i = 0; i < count && length > 0; i++) {
      values[random.nextInt(length)] = specials[random.nextInt(3)];
    }
    return values;
  }

  @Test
  void finiteMeansEveryElement() {
    for (int length : new int[] {0, 1, Lanes.COUNT - 1, Lanes.COUNT, Lanes.COUNT + 1, 97}) {
      float[] values = AwkwardFloats.finite(length + 2, 5);
      values[0] = Float.NaN;
      values[length + 1] = Float.NaN;
      assertTrue(PaddingProducts.areFinite(values, 1, length), "length " + length);
      for (int i = 1; i <= length; i++) {
        float before = values[i];
        for (float special : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
          values[i] = special;
          assertFalse(PaddingProducts.areFinite(values, 1, length), "element " + i);
        }
        values[i] = i % 2 == 0 ? Float.MAX_VALUE : -Float.MIN_VALUE;
        assertTrue(PaddingProducts.areFinite(values, 1, length), "element " + i);
        values[i] = before;
      }
    }
  }

  @Test
  void readsAndWritesNothingOutside() {
    SpatialPlan plan = square(2, 5, 3, 3, 1, 5, 1);
    Tensor out = Tensor.full(Shape.of(2 * 25 * 5), 0, DType.FLOAT32);
    FloatStorage storage = (FloatStorage) out.storage();
    float[] array = storage.array();
    float[] before = array.clone();
    Storage x = Tensor.full(Shape.of(2 * 25 * 3), 1, DType.FLOAT32).storage();
    Storage kernel = Tensor.full(Shape.of(27 * 5), 1, DType.FLOAT32).storage();
    vector.convolve(plan, x, kernel, storage);
    int end = storage.offset() + storage.length();
    assertTrue(array[storage.offset()] != before[storage.offset()]);
    for (int i = 0; i < array.length; i++) {
      if (i < storage.offset() || i >= end) {
        assertEquals(before[i], array[i], "element " + i);
      }
    }
  }
}
