package taut.core;

import taut.core.kernels.RandomKernels;
import taut.core.ops.Dropout;

/// A stream of random numbers from [Philox]: one seed gives the same numbers on every machine and
/// for any number of threads.
///
/// A stream is a key and a position. Streams split by number ([#split]) are independent of each
/// other and of how much any of them has been used, so a layer's weights do not change because
/// another layer draws more. [#position] and [#at] save and restore a stream exactly. A stream
/// belongs to one thread at a time.
public final class RandomStream {
  /// The multiplier and increments of SplitMix64 (Steele, Lea and Flood 2014), which spreads seeds
  /// over the key space.
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  /// How many numbers are drawn at a time where some are thrown away.
  private static final int DRAWN = 4096;

  private static final int[] NONE = {};

  private final long key;
  private long position;

  /// The block that was drawn last; many streams draw none.
  private int[] block = NONE;

  private RandomStream(long key, long position) {
    this.key = key;
    this.position = position;
  }

  /// Returns the stream of a seed.
  public static RandomStream of(long seed) {
    return new RandomStream(mix(seed + GOLDEN_GAMMA), 0);
  }

  /// Returns the independent stream with the given number; the same number gives the same stream,
  /// at its beginning.
  public RandomStream split(long number) {
    return new RandomStream(mix(key ^ mix(number + GOLDEN_GAMMA)), 0);
  }

  /// Returns this stream at a position.
  public RandomStream at(long position) {
    return new RandomStream(key, position);
  }

  /// Returns how many blocks have been drawn.
  public long position() {
    return position;
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }

  private void next() {
    if (block.length == 0) {
      block = new int[4];
    }
    Philox.block(position++, 0, key, block);
  }

  /// Returns the next double, uniform in [0, 1) with 53 random bits.
  public double nextDouble() {
    next();
    return (((block[0] & 0xFFFFFFFFL) << 21) ^ (block[1] >>> 11)) * 0x1p-53;
  }

  /// Returns the next whole number, uniform in 0 … bound - 1.
  ///
  /// @throws IllegalArgumentException if the bound is not positive
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("nextInt: the bound must be positive, got " + bound);
    }
    // Multiply-shift on 64 bits: the bias is below 2^-32.
    next();
    long word = ((long) block[0] << 32) | (block[1] & 0xFFFFFFFFL);
    return (int) Math.unsignedMultiplyHigh(word, bound);
  }

  /// Returns the numbers 0 … count - 1 in random order (Fisher and Yates).
  public int[] permutation(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /// Returns a FLOAT32 tensor of numbers uniform in [low, high); rounding to FLOAT32 may give high
  /// itself.
  ///
  /// @throws IllegalArgumentException if low is not ≤ high, or one of them is not finite
  public Tensor uniform(Shape shape, double low, double high) {
    check("uniform", low <= high && Double.isFinite(high - low), "low ≤ high", low, high);
    Tensor result = Tensor.allocate(new TensorSpec(shape, DType.FLOAT32));
    RandomKernels.active().uniform(key, take(result.size()), low, high, result.storage());
    return result;
  }

  /// Returns a FLOAT32 tensor of normally distributed numbers (Box and Muller 1958).
  ///
  /// The standard normal number is within 4 ulp of the formula in exact arithmetic, multiplied and
  /// shifted with one rounding; the numbers are the same on every machine, SIMD or not.
  ///
  /// @throws IllegalArgumentException if the standard deviation is negative, or one of them is not
  ///   finite
  public Tensor normal(Shape shape, double mean, double standardDeviation) {
    checkNormal("normal", mean, standardDeviation);
    Tensor result = Tensor.allocate(new TensorSpec(shape, DType.FLOAT32));
    normal(take(result.size()), mean, standardDeviation, result.storage());
    return result;
  }

  /// Returns a FLOAT32 tensor of normal numbers, those beyond two standard deviations drawn again.
  ///
  /// @throws IllegalArgumentException if the standard deviation is negative, or one of them is not
  ///   finite
  public Tensor truncatedNormal(Shape shape, double mean, double standardDeviation) {
    checkNormal("truncatedNormal", mean, standardDeviation);
    Tensor result = Tensor.allocate(new TensorSpec(shape, DType.FLOAT32));
    FloatStorage storage = (FloatStorage) result.storage();
    float[] array = storage.array();
    FloatStorage drawn = new FloatStorage(new float[DRAWN], 0, DRAWN);
    int end = storage.offset() + storage.length();
    for (int to = storage.offset(); to < end; ) {
      normal(position, 0, 1, drawn);
      int i = 0;
      for (; i < DRAWN && to < end; i++) {
        float z = drawn.array()[i];
        if (Math.abs(z) <= 2) {
          array[to++] = Math.fma((float) standardDeviation, z, (float) mean);
        }
      }
      take(i);
    }
    return result;
  }

  private void normal(long counter, double mean, double standardDeviation, Storage out) {
    RandomKernels.active().normal(key, counter, (float) mean, (float) standardDeviation, out);
  }

  /// Returns a FLOAT32 tensor that is `value` with the given probability and 0 otherwise: a dropout
  /// mask.
  ///
  /// @throws IllegalArgumentException if the probability is not from 0 to 1
  public Tensor mask(Shape shape, double probability, double value) {
    checkProbability("mask", probability, value);
    Tensor result = Tensor.allocate(new TensorSpec(shape, DType.FLOAT32));
    long counter = take(result.size());
    RandomKernels.active().mask(key, counter, threshold(probability), value, result.storage());
    return result;
  }

  /// Returns x times what [#mask] would give, in one pass: dropout.
  ///
  /// Its derivative draws the same mask again instead of keeping it. x must be of a floating-point
  /// type; an element that is not finite becomes NaN where the mask is 0.
  ///
  /// @throws IllegalArgumentException if the probability is not from 0 to 1
  public Tensor dropout(Tensor x, double probability, double value) {
    checkProbability("dropout", probability, value);
    return new Dropout(key, take(x.size()), threshold(probability), value).apply(x);
  }

  /// Returns how many of the 2³² words are below the probability.
  private static long threshold(double probability) {
    return Math.round(probability * 0x1p32);
  }

  /// Draws so many words, in whole blocks, and returns where they begin.
  private long take(int words) {
    long counter = position;
    position += Math.ceilDiv(words, 4);
    return counter;
  }

  private static void checkProbability(String call, double probability, double value) {
    boolean fine = probability >= 0 && probability <= 1;
    check(call, fine, "a probability from 0 to 1", probability, value);
  }

  private static void checkNormal(String call, double mean, double standardDeviation) {
    boolean fine =
        standardDeviation >= 0 && Double.isFinite(standardDeviation) && Double.isFinite(mean);
    check(call, fine, "a mean and a standard deviation ≥ 0", mean, standardDeviation);
  }

  private static void check(String call, boolean fine, String wanted, double first, double second) {
    if (!fine) {
      throw new IllegalArgumentException(
          call + ": wants " + wanted + ", got " + first + " and " + second);
    }
  }
}
