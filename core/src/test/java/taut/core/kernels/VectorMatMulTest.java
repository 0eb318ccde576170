package taut.core.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The vector product against a plain loop in double, on shapes where tiles, strips and panels end.
class VectorMatMulTest {
  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();
  private static final int DEFAULT_THREADS = Parallel.threads();

  private record Shape(int m, int n, int k) {}

  static List<Shape> shapes() {
    List<Shape> shapes = new ArrayList<>();
    int[] sizes = {0, 1, 2, LANES - 1, LANES, LANES + 1, 3 * LANES + 5, 7};
    for (int m : sizes) {
      for (int n : sizes) {
        for (int k : sizes) {
          shapes.add(new Shape(m, n, k));
        }
      }
    }
    for (int rows = 1; rows <= 17; rows++) {
      shapes.add(new Shape(rows, 53, 19));
    }
    for (int columns = 1; columns <= 8 * LANES + 1; columns += 3) {
      shapes.add(new Shape(11, columns, 13));
      shapes.add(new Shape(1, columns, 37));
      shapes.add(new Shape(columns, 1, 37));
    }
    shapes.add(new Shape(32, 200, 784));
    shapes.add(new Shape(784, 200, 32));
    shapes.add(new Shape(32, 784, 200));
    shapes.add(new Shape(30, 500, 2));
    shapes.add(new Shape(31, 97, 211));
    shapes.add(new Shape(48, 301, 801));
    shapes.add(new Shape(128, 128, 128));
    shapes.add(new Shape(127, 131, 137));
    shapes.add(new Shape(5, 1009, 1013));
    shapes.add(new Shape(1009, 5, 1013));
    shapes.add(new Shape(1, 1013, 1009));
    shapes.add(new Shape(1013, 1, 1009));
    shapes.add(new Shape(3, 2, 5003));
    shapes.add(new Shape(257, 1700, 401));
    return shapes;
  }

  @AfterEach
  void restoreThreads() {
    Parallel.setThreads(DEFAULT_THREADS);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void agreesWithThePlainLoop(Shape shape) {
    int checked = 0;
    for (int choice = 0; choice < 8; choice++) {
      check(shape, (choice & 1) != 0, (choice & 2) != 0, (choice & 4) != 0);
      checked++;
    }
    assertEquals(8, checked);
  }

  private static void check(Shape shape, boolean transposeA, boolean transposeB, boolean add) {
    int m = shape.m();
    int n = shape.n();
    int k = shape.k();
    Random random = new Random(31L * m + 17L * n + k);
    int aOffset = 3;
    int bOffset = 5;
    int cOffset = 7;
    float[] a = random(random, aOffset + m * k);
    float[] b = random(random, bOffset + k * n);
    float[] before = random(random, cOffset + m * n + 9);

    Parallel.setThreads(1);
    float[] c = before.clone();
    VectorMatMul.multiply(m, n, k, a, aOffset, transposeA, b, bOffset, transposeB, c, cOffset, add);
    Parallel.setThreads(2);
    float[] two = before.clone();
    VectorMatMul.multiply(
        m, n, k, a, aOffset, transposeA, b, bOffset, transposeB, two, cOffset, add);

    String what = shape + (transposeA ? " Aᵀ" : " A") + (transposeB ? " Bᵀ" : " B") + " add=" + add;
    assertArrayEquals(bits(c), bits(two), () -> what + ": one and two threads differ");
    // A prime stride visits every row and column of a large result, and all of a small one.
    int stride = (long) m * n * k > 2_000_000 ? 31 : 1;
    for (int i = 0; i < c.length; i++) {
      int index = i - cOffset;
      if (index < 0 || index >= m * n) {
        assertEquals(before[i], c[i], () -> what + ": wrote outside of the result");
        continue;
      }
      if (index % stride != 0) {
        continue;
      }
      double sum = add ? before[i] : 0;
      double size = Math.abs(sum);
      for (int p = 0; p < k; p++) {
        int row = index / n;
        int column = index % n;
        double left = a[aOffset + (transposeA ? p * m + row : row * k + p)];
        double right = b[bOffset + (transposeB ? column * k + p : p * n + column)];
        sum += left * right;
        size += Math.abs(left * right);
      }
      double bound = size * (k + 2) * 0x1p-24;
      assertEquals(sum, c[i], bound, () -> what + " element " + index);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "8, 16, 16",
    "1, 40, 33",
    "40, 1, 33",
    "33, 70, 20",
    "9, 3, 21",
    "70, 200, 30",
    "300, 130, 420"
  })
  void nonFiniteValuesPropagate(int m, int n, int k) {
    for (int choice = 0; choice < 4; choice++) {
      boolean transposeA = (choice & 1) != 0;
      boolean transposeB = (choice & 2) != 0;
      float[] a = new float[m * k];
      float[] b = new float[k * n];
      Arrays.fill(b, 1f);
      int p = k - 1;
      // Row 0 of A holds an infinity and zeros, its last row a NaN; B holds ones and one infinity.
      a[transposeA ? p * m : p] = Float.POSITIVE_INFINITY;
      if (m > 1) {
        a[transposeA ? (m - 1) : (m - 1) * k] = Float.NaN;
      }
      b[transposeB ? (n - 1) * k : n - 1] = Float.NEGATIVE_INFINITY;
      float[] c = new float[m * n];
      VectorMatMul.multiply(m, n, k, a, 0, transposeA, b, 0, transposeB, c, 0, false);
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          boolean nan = j == n - 1 || (m > 1 && i == m - 1);
          float wanted = nan ? Float.NaN : i == 0 ? Float.POSITIVE_INFINITY : 0f;
          assertEquals(wanted, c[i * n + j], "element " + i + ", " + j);
        }
      }
    }
  }

  @Test
  void anEmptySumIsZeroOrLeavesTheResult() {
    float[] c = {1, 2, 3, 4, 5, 6, 7};
    VectorMatMul.multiply(2, 2, 0, new float[0], 0, false, new float[0], 0, false, c, 1, true);
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6, 7}, c);
    VectorMatMul.multiply(2, 2, 0, new float[0], 0, false, new float[0], 0, false, c, 1, false);
    assertArrayEquals(new float[] {1, 0, 0, 0, 0, 6, 7}, c);
  }

  @Test
  void anArrayThatIsTooShortIsNamed() {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                VectorMatMul.multiply(
                    2,
                    3,
                    4,
                    new float[8],
                    1,
                    false,
                    new float[12],
                    0,
                    false,
                    new float[6],
                    0,
                    false));
    assertTrue(error.getMessage().contains("A"), error.getMessage());
    assertTrue(error.getMessage().contains("[2, 4]"), error.getMessage());
  }

  private static float[] random(Random random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return values;
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
