package taut.core.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import taut.core.ops.Reduction;

class VectorReduceTest {
  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

  // outer, count, inner: rows, columns, narrow and wide, and large enough for several threads.
  private static final int[][] SHAPES = {
    {1, 1, 1},
    {1, 5, 1},
    {3, LANES - 1, 1},
    {3, LANES, 1},
    {2, 4 * LANES + 1, 1},
    {5, 97, 1},
    {2, 4096, 1},
    {2, 4097, 1},
    {1, 300_007, 1},
    {3, 300_007, 1},
    {301, 1009, 1},
    {67, 4111, 1},
    {4099, 65, 1},
    {70_001, 5, 1},
    {1, 1, 7},
    {1, 2, 7},
    {2, 3, 1009},
    {1, 32, 10},
    {1, 33, 10},
    {3, 67, LANES - 1},
    {3, 67, LANES},
    {3, 67, LANES + 1},
    {1, 32, 200},
    {1, 31, 784},
    {1, 1025, 50},
    {1, 1009, 97},
    {1, 9001, 31},
    {1, 100_003, 3},
    {1, 7, 50_021},
    {1, 513, 2049},
    {40, 196, 40},
    {20_011, 3, 5},
    {1, 2, 300_000},
  };

  private static double exact(
      Reduction kind, float[] x, int offset, int count, int stride, boolean magnitudes) {
    double result = RowReduce.identity(kind);
    for (int i = 0; i < count; i++) {
      double value = x[offset + i * stride];
      double term =
          switch (kind) {
            case SUM, MEAN -> magnitudes ? Math.abs(value) : value;
            case SUM_OF_SQUARES -> value * value;
            case SUM_OF_ABSOLUTES -> Math.abs(value);
            case PRODUCT, MINIMUM, MAXIMUM -> value;
          };
      result = RowReduce.combine(kind, result, term);
    }
    return kind == Reduction.MEAN ? result / count : result;
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithDoublePrecision(Reduction kind) {
    for (int[] shape : SHAPES) {
      int outer = shape[0];
      int count = shape[1];
      int inner = shape[2];
      float[] x = AwkwardFloats.finite(outer * count * inner + 3, count);
      if (kind == Reduction.PRODUCT) {
        for (int i = 0; i < x.length; i++) {
          x[i] = 1 + 1e-3f * (x[i] - Math.round(x[i]));
        }
      }
      // Once with nothing behind the elements, once with NaN there.
      for (int room : new int[] {0, 50}) {
        float[] padded = Arrays.copyOf(x, x.length + room);
        Arrays.fill(padded, x.length, padded.length, Float.NaN);
        float[] out = new float[outer * inner + 2];
        out[0] = 7;
        out[out.length - 1] = 7;
        VectorReduce.apply(kind, padded, 3, out, 1, outer, count, inner);
        for (int o = 0; o < outer; o++) {
          for (int i = 0; i < inner; i++) {
            int from = 3 + o * count * inner + i;
            double wanted = exact(kind, x, from, count, inner, false);
            double scale = exact(kind, x, from, count, inner, true);
            assertEquals(
                wanted,
                out[1 + o * inner + i],
                Math.abs(scale) * 2e-5,
                () -> kind + " of " + Arrays.toString(shape));
          }
        }
        assertEquals(7, out[0]);
        assertEquals(7, out[out.length - 1]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void doesNotDependOnTheNumberOfThreads(Reduction kind) {
    int threads = Parallel.threads();
    try {
      for (int[] shape : SHAPES) {
        float[] x = AwkwardFloats.finite(shape[0] * shape[1] * shape[2], 4);
        float[] one = new float[shape[0] * shape[2]];
        float[] two = new float[shape[0] * shape[2]];
        Parallel.setThreads(1);
        VectorReduce.apply(kind, x, 0, one, 0, shape[0], shape[1], shape[2]);
        Parallel.setThreads(2);
        VectorReduce.apply(kind, x, 0, two, 0, shape[0], shape[1], shape[2]);
        assertArrayEquals(one, two, kind + " of " + Arrays.toString(shape));
      }
    } finally {
      Parallel.setThreads(threads);
    }
  }

  @ParameterizedTest
  @EnumSource
  void nanReachesOnlyItsOwnResult(Reduction kind) {
    for (int[] shape : new int[][] {{3, 101, 1}, {3, 37, 5}, {2, 37, 101}}) {
      int outer = shape[0];
      int count = shape[1];
      int inner = shape[2];
      for (int position = 0; position < outer * count * inner; position += 7) {
        float[] x = AwkwardFloats.finite(outer * count * inner, 9);
        x[position] = Float.NaN;
        float[] out = new float[outer * inner];
        VectorReduce.apply(kind, x, 0, out, 0, outer, count, inner);
        int hit = position / (count * inner) * inner + position % inner;
        for (int i = 0; i < out.length; i++) {
          assertEquals(i == hit, Float.isNaN(out[i]), kind + ", NaN at " + position);
        }
      }
    }
  }

  @Test
  void reductionsOfNothingAreTheirIdentities() {
    float[] expected = {0, Float.NaN, 1, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0, 0};
    for (Reduction kind : Reduction.values()) {
      for (int inner : new int[] {1, 40}) {
        float[] out = new float[2 * inner];
        Arrays.fill(out, 7);
        VectorReduce.apply(kind, new float[0], 0, out, 0, 2, 0, inner);
        for (float value : out) {
          assertEquals(expected[kind.ordinal()], value, kind.toString());
        }
        VectorReduce.apply(kind, new float[0], 0, new float[0], 0, 0, 5, inner);
        VectorReduce.apply(kind, new float[0], 0, new float[0], 0, 5, 5, 0);
      }
    }
  }

  @Test
  void sumsOfManyEqualNumbersStayClose() {
    float[] x = new float[20_000_000];
    Arrays.fill(x, 0.1f);
    float[] out = new float[1];
    VectorReduce.apply(Reduction.SUM, x, 0, out, 0, 1, x.length, 1);
    assertEquals(x.length * (double) 0.1f, out[0], 10);
    float[] columns = new float[2];
    VectorReduce.apply(Reduction.SUM, x, 0, columns, 0, 1, x.length / 2, 2);
    assertEquals(x.length / 2.0 * (double) 0.1f, columns[1], 10);
  }

  @Test
  void refusesRangesOutsideTheArrays() {
    float[] x = new float[12];
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> VectorReduce.apply(Reduction.SUM, x, 1, new float[4], 0, 2, 3, 2));
    IndexOutOfBoundsException result =
        assertThrows(
            IndexOutOfBoundsException.class,
            () -> VectorReduce.apply(Reduction.SUM, x, 0, new float[4], 1, 2, 3, 2));
    assertTrue(result.getMessage().contains("4"), result.getMessage());
  }
}
