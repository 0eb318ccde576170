package taut.core.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import taut.core.DType;
import taut.core.Philox;
import taut.core.Shape;
import taut.core.Storage;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// SIMD random numbers against the plain loops, bit for bit, and normal numbers against the formula
/// in double precision.
class RandomKernelsTest {
  private static final long KEY = 0x0123456789ABCDEFL;

  /// The counters: small, with a carry into the upper word on the way, and one that wraps.
  private static final long[] COUNTERS = {0, 5, (1L << 32) - 3, -2};

  private static void equal(BiConsumer<RandomKernels, Storage> fill) {
    assertInstanceOf(VectorRandomKernels.class, RandomKernels.active());
    for (int length : AwkwardFloats.lengths()) {
      assertArrayEquals(
          filled(ReferenceRandomKernels.INSTANCE, fill, length),
          filled(RandomKernels.active(), fill, length),
          "length " + length);
    }
  }

  private static float[] filled(
      RandomKernels kernels, BiConsumer<RandomKernels, Storage> fill, int length) {
    Tensor out = Tensor.allocate(new TensorSpec(Shape.of(length), DType.FLOAT32));
    fill.accept(kernels, out.storage());
    return out.toFloats();
  }

  @Test
  void wordsAreThoseOfPhilox() {
    int[] words = new int[10 * VectorPhilox.STEP];
    int[] block = new int[4];
    for (long counter : COUNTERS) {
      VectorPhilox.fill(KEY, counter, words, words.length);
      for (int i = 0; i < words.length; i++) {
        Philox.block(counter + i / 4, 0, KEY, block);
        assertEquals(block[i % 4], words[i]);
      }
    }
  }

  @Test
  void uniform() {
    for (long counter : COUNTERS) {
      equal((kernels, out) -> kernels.uniform(KEY, counter, -0.1, 0.7, out));
    }
    equal((kernels, out) -> kernels.uniform(KEY, 1, 3, 3, out));
  }

  @Test
  void normal() {
    for (long counter : COUNTERS) {
      equal((kernels, out) -> kernels.normal(KEY, counter, 0.3f, 1.7f, out));
    }
    equal((kernels, out) -> kernels.normal(KEY, 1, 2, 0, out));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 1L << 31, (1L << 32) - 1, 1L << 32})
  void masksAndDropout(long threshold) {
    equal((kernels, out) -> kernels.mask(KEY, 9, threshold, 1.25, out));
    equal((kernels, out) -> {
      Tensor x = Tensor.vector(AwkwardFloats.mixed(out.length(), 3));
      kernels.dropout(KEY, 9, threshold, 1.25, x.storage(), out);
    });
  }

  /// Every 29th of the 2²⁴ values that a word stands for, so that the test is quick; all of them
  /// give the same bounds.
  @Test
  void normalPairsAreNearTheFormula() {
    int checked = 0;
    for (int bits = 0; bits < 1 << 24; bits += 29) {
      int word = bits << 8;
      double radius = Math.sqrt(-2 * Math.log(1 - bits * 0x1p-24));
      double angle = bits * 0x1p-24;
      assertTrue(near(radius, NormalPair.radius(word), 1.0), () -> "radius of " + word);
      assertTrue(
          near(sineOfTurn(angle + 0.25), NormalPair.cosine(word), 1.6), () -> "cos of " + word);
      assertTrue(near(sineOfTurn(angle), NormalPair.sine(word), 1.6), () -> "sin of " + word);
      checked++;
    }
    assertTrue(checked > 500_000);
  }

  private static boolean near(double exact, float result, double ulps) {
    return AwkwardFloats.close(exact, result, ulps, 0);
  }

  /// Returns sin 2πt with the half turns taken out exactly, so that it is 0 where it should be.
  private static double sineOfTurn(double t) {
    double halves = Math.rint(2 * t);
    double sine = Math.sin(2 * Math.PI * (t - halves / 2));
    return halves % 2 == 0 ? sine : -sine;
  }
}
