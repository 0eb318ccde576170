package taut.core.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import taut.core.ops.Binary;

class VectorPowerTest {
  /// The largest error in ulp that the documentation promises, subnormal results included.
  private static final double PROMISED = 0.51;

  private static final float[] SPECIAL = {
    0f,
    Float.MIN_VALUE,
    0x1p-127f,
    Float.MIN_NORMAL,
    0.3f,
    0.5f,
    0.99999994f,
    1f,
    1.0000001f,
    1.5f,
    2f,
    3f,
    7f,
    0x1p22f + 0.5f,
    8388607f,
    8388608f,
    16777215f,
    16777216f,
    0x1p31f,
    0x1p40f,
    0x1p104f * 1.0000001f,
    Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NaN
  };

  @Test
  void specialValuesAreThoseOfMathPow() {
    int count = 2 * SPECIAL.length;
    float[] x = new float[count * count];
    float[] y = new float[count * count];
    for (int i = 0; i < x.length; i++) {
      int first = i / count;
      int second = i % count;
      x[i] = first < SPECIAL.length ? SPECIAL[first] : -SPECIAL[first - SPECIAL.length];
      y[i] = second < SPECIAL.length ? SPECIAL[second] : -SPECIAL[second - SPECIAL.length];
    }
    float[] out = new float[x.length];
    VectorBinary.apply(Binary.POWER, x, 0, 1, y, 0, 1, out, 0, x.length);
    for (int i = 0; i < x.length; i++) {
      float base = x[i];
      float exponent = y[i];
      float wanted = (float) Math.pow(base, exponent);
      float got = out[i];
      boolean same =
          Float.floatToIntBits(wanted) == Float.floatToIntBits(got)
              || (wanted != 0 && Math.abs(wanted - got) <= Math.ulp(wanted));
      assertTrue(same, () -> base + " to the power " + exponent + ": " + wanted + ", got " + got);
    }
  }

  @Test
  void errorsAreAsPromisedOverTheWholeRange() {
    Random random = new Random(3);
    int length = 1 << 16;
    int checked = 0;
    double worst = 0;
    String where = "";
    for (int round = 0; round < 60; round++) {
      float[] x = new float[length];
      float[] y = new float[length];
      for (int i = 0; i < length; i++) {
        x[i] = base(round, random);
        // Results from below the subnormal ones to beyond the largest.
        double exponent = (random.nextDouble() * 300 - 160) / (Math.log(x[i]) / Math.log(2));
        y[i] = (float) (round % 4 == 3 ? random.nextGaussian() : exponent);
      }
      float[] out = new float[length];
      VectorBinary.apply(Binary.POWER, x, 0, 1, y, 0, 1, out, 0, length);
      for (int i = 0; i < length; i++) {
        double exact = Math.pow(x[i], y[i]);
        float rounded = (float) exact;
        if (Float.isInfinite(rounded) || Float.isInfinite(out[i])) {
          double edge = 0x1p128 - 0x1p103;
          assertTrue(rounded == out[i] || Math.abs(exact / edge - 1) < 1e-8);
        } else {
          double error = Math.abs(out[i] - exact) / Math.ulp(rounded);
          if (error > worst) {
            worst = error;
            where = x[i] + " to the power " + y[i];
          }
          checked++;
        }
      }
    }
    assertTrue(checked > 3_000_000, "checked only " + checked);
    assertTrue(worst <= PROMISED, worst + " ulp at " + where);
    // Less would mean that nothing was rounded.
    assertTrue(worst > 0.49, "only " + worst);
  }

  /// Draws any positive float, those near 1, and subnormal ones.
  private static float base(int round, Random random) {
    float any = Float.intBitsToFloat(1 + random.nextInt(0x7F7FFFFF));
    float near = 1 + (random.nextFloat() - 0.5f) / 16;
    float chosen =
        switch (round % 3) {
          case 0 -> any;
          case 1 -> near;
          default -> random.nextFloat() * Float.MIN_NORMAL;
        };
    return chosen == 1 || chosen == 0 ? 0.75f : chosen;
  }

  @Test
  void wholePowersOfSmallIntegersAreExact() {
    int length = 40;
    float[] x = new float[length];
    float[] y = new float[length];
    for (int base = -9; base <= 9; base++) {
      for (int i = 0; i < length; i++) {
        x[i] = base;
        y[i] = i % 8;
      }
      float[] out = new float[length];
      VectorBinary.apply(Binary.POWER, x, 0, 1, y, 0, 1, out, 0, length);
      for (int i = 0; i < length; i++) {
        BigDecimal exact = BigDecimal.valueOf(base).pow(i % 8, MathContext.UNLIMITED);
        assertEquals(exact.floatValue(), out[i]);
      }
    }
  }
}
