package taut.core.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import taut.core.ops.Binary;

class VectorBinaryTest {
  private static final int[][] STEPS = {{1, 1}, {1, 0}, {0, 1}, {0, 0}};

  /// Compares with the definition, evaluated in float32 where it rounds or overflows in between.
  private static boolean agrees(Binary f, float x, float y, float result) {
    double exact = f.scalar(x, y);
    return switch (f) {
      // 1 - y cancels near y = 1, and an infinity in between is not the end of it in double.
      case SIGMOID_GRADIENT ->
          AwkwardFloats.close(exact, result, 4, Math.abs(x) * 1e-6)
              || AwkwardFloats.same(x * (y * (1 - y)), result);
      case TANH_GRADIENT ->
          AwkwardFloats.close(exact, result, 4, Math.abs(x) * 1e-6)
              || AwkwardFloats.same(x * (1 - y * y), result);
      case SQUARED_DIFFERENCE ->
          AwkwardFloats.close(exact, result, 4, 0) || AwkwardFloats.same((x - y) * (x - y), result);
      case SQUARE_GRADIENT ->
          AwkwardFloats.close(exact, result, 4, 0) || AwkwardFloats.same(x * y * 2, result);
      default -> AwkwardFloats.close(exact, result, 4, 0);
    };
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithTheDefinitionAtAnyLengthOffsetAndStep(Binary f) {
    int checked = 0;
    for (int length : AwkwardFloats.lengths()) {
      float[] x = AwkwardFloats.mixed(length + 6, length);
      float[] y = AwkwardFloats.mixed(length + 6, length + 100);
      for (int[] step : STEPS) {
        float[] out = new float[length + 4];
        Arrays.fill(out, 7f);
        VectorBinary.apply(f, x, 5, step[0], y, 2, step[1], out, 3, length);
        for (int i = 0; i < length; i++) {
          float first = x[5 + i * step[0]];
          float second = y[2 + i * step[1]];
          float result = out[3 + i];
          assertTrue(
              agrees(f, first, second, result),
              () -> f + " of " + first + ", " + second + " gave " + result);
          checked++;
        }
        assertEquals(7f, out[2]);
        assertEquals(7f, out[length + 3]);
      }
    }
    assertTrue(checked > 1_000_000, "checked only " + checked);
  }

  @ParameterizedTest
  @EnumSource
  void worksInPlaceOfEitherArgument(Binary f) {
    float[] x = AwkwardFloats.mixed(101, 1);
    float[] y = AwkwardFloats.mixed(101, 2);
    float[] out = new float[101];
    VectorBinary.apply(f, x, 0, 1, y, 0, 1, out, 0, 101);
    float[] first = x.clone();
    VectorBinary.apply(f, first, 0, 1, y, 0, 1, first, 0, 101);
    assertArrayEquals(out, first);
    float[] second = y.clone();
    VectorBinary.apply(f, x, 0, 1, second, 0, 1, second, 0, 101);
    assertArrayEquals(out, second);
  }

  @ParameterizedTest
  @EnumSource
  void doesNotDependOnTheNumberOfThreads(Binary f) {
    int length = 300_007;
    float[] x = AwkwardFloats.mixed(length, 2);
    float[] y = AwkwardFloats.mixed(length, 3);
    float[] one = new float[length];
    float[] two = new float[length];
    int threads = Parallel.threads();
    try {
      Parallel.setThreads(1);
      VectorBinary.apply(f, x, 0, 1, y, 0, 1, one, 0, length);
      Parallel.setThreads(2);
      VectorBinary.apply(f, x, 0, 1, y, 0, 1, two, 0, length);
    } finally {
      Parallel.setThreads(threads);
    }
    assertArrayEquals(one, two, f.toString());
  }

  /// Held exponents, with and without a loop of their own, on every special value.
  @Test
  void heldExponentsGiveThePower() {
    float[] exponents = {
      -4,
      -3,
      -2.5f,
      -2,
      -1.5f,
      -1,
      -0.5f,
      -0f,
      0,
      0.5f,
      1,
      1.5f,
      2,
      2.5f,
      3,
      4,
      5,
      0.3f,
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY
    };
    int checked = 0;
    for (int length : new int[] {1, 15, 16, 17, 10_007}) {
      float[] x = AwkwardFloats.mixed(length, length);
      for (float exponent : exponents) {
        float[] out = new float[length];
        VectorBinary.apply(Binary.POWER, x, 0, 1, new float[] {exponent}, 0, 0, out, 0, length);
        for (int i = 0; i < length; i++) {
          double exact = Math.pow(x[i], exponent);
          float result = out[i];
          float base = x[i];
          boolean sameZero = exact != 0 || 1 / (float) exact == 1 / result;
          assertTrue(
              sameZero && AwkwardFloats.close(exact, result, 3, 0),
              () -> base + " to the power " + exponent + " gave " + result);
          checked++;
        }
      }
    }
    assertTrue(checked > 100_000, "checked only " + checked);
  }

  @Test
  void refusesOtherStepsAndRanges() {
    float[] x = new float[8];
    IllegalArgumentException step =
        assertThrows(
            IllegalArgumentException.class,
            () -> VectorBinary.apply(Binary.ADD, x, 0, 2, x, 0, 1, x, 0, 4));
    assertTrue(step.getMessage().contains("got 2"), step.getMessage());
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> VectorBinary.apply(Binary.ADD, x, 5, 1, x, 0, 1, x, 0, 4));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> VectorBinary.apply(Binary.ADD, x, 0, 1, x, 8, 0, x, 0, 4));
  }
}
