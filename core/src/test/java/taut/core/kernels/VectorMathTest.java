package taut.core.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import taut.core.ops.Unary;

class VectorMathTest {
  // The steps are primes, so that all low bits occur.
  private static final int STEP = 10_007;
  private static final int CHUNK = 4096;

  /// The largest error in ulp that the documentation promises, for results in the normal range.
  private static final Map<Unary, Double> PROMISED =
      Map.ofEntries(
          Map.entry(Unary.RECIPROCAL, 0.5),
          Map.entry(Unary.SQRT, 0.5),
          Map.entry(Unary.RSQRT, 1.5),
          Map.entry(Unary.EXP, 1.0),
          Map.entry(Unary.EXPM1, 1.5),
          Map.entry(Unary.LOG, 1.0),
          Map.entry(Unary.LOG1P, 1.5),
          Map.entry(Unary.TANH, 2.6),
          Map.entry(Unary.ERF, 2.0),
          Map.entry(Unary.SIGMOID, 2.5),
          Map.entry(Unary.SOFTPLUS, 2.0),
          Map.entry(Unary.LOG_SIGMOID, 2.0),
          Map.entry(Unary.SELU, 3.0));

  @Test
  void errorsOverAllFloatsAreAsPromised() {
    int checked = 0;
    for (Map.Entry<Unary, Double> entry : PROMISED.entrySet()) {
      Unary f = entry.getKey();
      double worst = 0;
      float where = 0;
      float[] x = new float[CHUNK];
      float[] out = new float[CHUNK];
      long bits = 0;
      while (bits < 1L << 32) {
        for (int i = 0; i < CHUNK; i++, bits += STEP) {
          x[i] = Float.intBitsToFloat((int) bits);
        }
        VectorUnary.apply(f, x, 0, out, 0, CHUNK);
        for (int i = 0; i < CHUNK; i++) {
          double exact = f.scalar(x[i]);
          float rounded = (float) exact;
          if (Math.abs(exact) >= Float.MIN_NORMAL && Math.abs(rounded) <= Float.MAX_VALUE) {
            double error = Math.abs(out[i] - exact) / Math.ulp(rounded);
            if (!(error <= worst)) {
              worst = error;
              where = x[i];
            }
            checked++;
          }
        }
      }
      assertTrue(worst <= entry.getValue(), f + ": " + worst + " ulp at " + where);
    }
    assertTrue(checked > 1_000_000, "checked only " + checked + " values");
  }

  @Test
  void resultsBelowTheNormalRangeAreRoundedOnceByExpAndFlushedByTheOthers() {
    for (float x = -104f; x < -87f; x += 0.0625f) {
      float[] out = {x};
      VectorUnary.apply(Unary.EXP, out, 0, out, 0, 1);
      assertTrue(AwkwardFloats.close(Math.exp(x), out[0], 1, 0), "exp " + x + " gave " + out[0]);
      out[0] = x;
      VectorUnary.apply(Unary.SIGMOID, out, 0, out, 0, 1);
      assertTrue(
          AwkwardFloats.close(Math.exp(x), out[0], 2.5, Float.MIN_NORMAL),
          "sigmoid " + x + " gave " + out[0]);
    }
  }

  @Test
  void specialValuesAreExact() {
    float nan = Float.NaN;
    float inf = Float.POSITIVE_INFINITY;
    // Arguments, then what exp, expm1, log, log1p, tanh, erf make of them.
    float[][] table = {
      {nan, nan, nan, nan, nan, nan, nan},
      {inf, inf, inf, inf, inf, 1, 1},
      {-inf, 0, -1, nan, nan, -1, -1},
      {0f, 1, 0f, -inf, 0f, 0f, 0f},
      {-0f, 1, -0f, -inf, -0f, -0f, -0f},
      {-1e-45f, 1, -1e-45f, nan, -1e-45f, -1e-45f, -1e-45f},
      {1e9f, inf, inf, 20.723267f, 20.723267f, 1, 1},
      {-200, 0, -1, nan, nan, -1, -1},
      {-1f, 0.36787945f, -0.63212055f, nan, -inf, -0.7615942f, -0.8427008f},
    };
    Unary[] functions = {Unary.EXP, Unary.EXPM1, Unary.LOG, Unary.LOG1P, Unary.TANH, Unary.ERF};
    for (float[] row : table) {
      for (int i = 0; i < functions.length; i++) {
        float[] out = {row[0]};
        VectorUnary.apply(functions[i], out, 0, out, 0, 1);
        assertEquals(row[i + 1], out[0], functions[i] + " of " + row[0]);
      }
    }
  }

  @Test
  void boundedFunctionsStayInTheirBounds() {
    for (Unary f : new Unary[] {Unary.TANH, Unary.ERF, Unary.SIGMOID}) {
      float[] x = AwkwardFloats.finite(100_000, 5);
      VectorUnary.apply(f, x, 0, x, 0, x.length);
      for (float value : x) {
        assertTrue(Math.abs(value) <= 1, f + " gave " + value);
      }
    }
  }

  @Test
  void bitsAreTheSameOnEveryMachine() {
    // Taken once with vectors of 128, 256 and 512 bits, compiled and interpreted.
    Map<Unary, Integer> expected =
        Map.ofEntries(
            Map.entry(Unary.EXP, -540932454),
            Map.entry(Unary.EXPM1, 2098765324),
            Map.entry(Unary.LOG, 356530444),
            Map.entry(Unary.LOG1P, -548157990),
            Map.entry(Unary.TANH, -830778322),
            Map.entry(Unary.ERF, -2038402722),
            Map.entry(Unary.SIGMOID, -181331651),
            Map.entry(Unary.SOFTPLUS, -1495978937),
            Map.entry(Unary.GELU, -534066836),
            Map.entry(Unary.MISH, 1508077458));
    expected.forEach((f, hash) -> assertEquals(hash, hash(f), f + " changed its bits"));
  }

  private static int hash(Unary f) {
    float[] x = new float[40_009];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i - 20_000) * 0x1.1p-10f;
    }
    VectorUnary.apply(f, x, 0, x, 0, x.length);
    int hash = 0;
    for (float value : x) {
      hash = 31 * hash + (Float.isNaN(value) ? 0 : Float.floatToRawIntBits(value));
    }
    return hash;
  }
}
