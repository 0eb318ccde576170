package taut.core.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import taut.core.ops.Unary;

class VectorUnaryTest {
  /// The error allowed against the double-precision definition, in ulp.
  private static double ulps(Unary f) {
    return switch (f) {
      case GELU -> 8;
      // The exponent is rounded before it is exponentiated.
      case GELU_TANH -> 32;
      default -> 4;
    };
  }

  /// What is allowed beside: the GELUs lose relative accuracy (the definition too) where they are
  /// next to nothing, and what is built on a flushed exponential is zero there.
  private static double absolute(Unary f) {
    return switch (f) {
      case GELU, GELU_TANH -> 1e-9;
      case SILU, MISH -> 2e-36;
      case SIGMOID, SOFTPLUS, LOG_SIGMOID -> Float.MIN_NORMAL;
      default -> 0;
    };
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithTheDefinitionAtAnyLengthAndOffset(Unary f) {
    int checked = 0;
    for (int length : AwkwardFloats.lengths()) {
      float[] x = AwkwardFloats.mixed(length + 5, length);
      float[] out = new float[length + 9];
      Arrays.fill(out, 7f);
      VectorUnary.apply(f, x, 5, out, 3, length);
      for (int i = 0; i < length; i++) {
        float argument = x[5 + i];
        double exact = f.scalar(argument);
        float result = out[3 + i];
        assertTrue(
            AwkwardFloats.close(exact, result, ulps(f), absolute(f)),
            () -> f + " of " + argument + ": wanted " + exact + ", got " + result);
        checked++;
      }
      for (int i : new int[] {0, 1, 2, length + 3, length + 8}) {
        assertEquals(7f, out[i], f + " wrote outside its range of " + length);
      }
    }
    assertTrue(checked > 300_000, "checked only " + checked);
  }

  @ParameterizedTest
  @EnumSource
  void worksInPlaceAndTheSameWhereverAnElementStands(Unary f) {
    float[] x = AwkwardFloats.mixed(203, 1);
    float[] whole = new float[203];
    VectorUnary.apply(f, x, 0, whole, 0, 203);
    for (int i = 0; i < 203; i++) {
      float[] single = {x[i]};
      VectorUnary.apply(f, single, 0, single, 0, 1);
      assertEquals(whole[i], single[0], f + " of " + x[i]);
    }
    VectorUnary.apply(f, x, 0, x, 0, 203);
    assertArrayEquals(whole, x, f + " in place");
  }

  @ParameterizedTest
  @EnumSource
  void doesNotDependOnTheNumberOfThreads(Unary f) {
    float[] x = AwkwardFloats.mixed(300_007, 2);
    float[] one = new float[x.length];
    float[] two = new float[x.length];
    int threads = Parallel.threads();
    try {
      Parallel.setThreads(1);
      VectorUnary.apply(f, x, 0, one, 0, x.length);
      Parallel.setThreads(2);
      VectorUnary.apply(f, x, 0, two, 0, x.length);
    } finally {
      Parallel.setThreads(threads);
    }
    assertArrayEquals(one, two, f.toString());
  }

  @Test
  void refusesRangesOutsideTheArrays() {
    float[] x = new float[10];
    float[] out = new float[5];
    assertThrows(
        IndexOutOfBoundsException.class, () -> VectorUnary.apply(Unary.EXP, x, 6, out, 0, 5));
    assertThrows(
        IndexOutOfBoundsException.class, () -> VectorUnary.apply(Unary.EXP, x, 0, out, 0, 6));
  }
}
