package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.all;
import static taut.core.kernels.Lanes.load;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import taut.core.FloatStorage;
import taut.core.Storage;

/// What runs of random numbers: for FLOAT32, words are drawn into a small buffer by SIMD, and
/// turned into numbers from there.
///
/// Long storages are split among threads at fixed places, each of which knows its counter.
enum VectorRandomKernels implements RandomKernels {
  INSTANCE;

  /// The words in the buffer: 16 KB, so that everything stays in the first-level cache.
  private static final int CHUNK = 4096;

  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

  private final RandomKernels reference = ReferenceRandomKernels.INSTANCE;

  @Override
  public void uniform(long key, long counter, double low, double high, Storage out) {
    if (out instanceof FloatStorage os) {
      double scale = (high - low) * 0x1p-24;
      forEachChunk(
          key, counter, os, (words, at, to, count) -> uniform(words, low, scale, at, to, count));
    } else {
      reference.uniform(key, counter, low, high, out);
    }
  }

  /// A loop so simple that the compiler makes vectors of it by itself.
  private static void uniform(
      int[] words, double low, double scale, float[] out, int to, int count) {
    for (int i = 0; i < count; i++) {
      out[to + i] = (float) (low + (words[i] >>> 8) * scale);
    }
  }

  @Override
  public void normal(long key, long counter, float mean, float deviation, Storage out) {
    if (out instanceof FloatStorage os) {
      forEachChunk(
          key,
          counter,
          os,
          (words, array, to, count) -> normal(words, array, to, count, mean, deviation));
    } else {
      reference.normal(key, counter, mean, deviation, out);
    }
  }

  private static void normal(
      int[] words, float[] out, int to, int count, float mean, float deviation) {
    VectorNormal maker = NORMAL.get();
    if (count % VectorNormal.STEP == 0) {
      maker.fill(words, count, mean, deviation, out, to);
    } else {
      float[] values = VALUES.atLeast(CHUNK);
      maker.fill(words, count, mean, deviation, values, 0);
      System.arraycopy(values, 0, out, to, count);
    }
  }

  @Override
  public void mask(long key, long counter, long threshold, double value, Storage out) {
    if (out instanceof FloatStorage os) {
      float kept = kept(threshold, value);
      forEachChunk(
          key,
          counter,
          os,
          (words, array, to, count) -> mask(words, threshold, kept, array, to, count));
    } else {
      reference.mask(key, counter, threshold, value, out);
    }
  }

  private static void mask(
      int[] words, long threshold, float value, float[] out, int to, int count) {
    int i = 0;
    for (; i <= count - COUNT; i += COUNT) {
      all(0f).blend(value, isKept(words, i, threshold)).intoArray(out, to + i);
    }
    for (; i < count; i++) {
      out[to + i] = Integer.toUnsignedLong(words[i]) < threshold ? value : 0;
    }
  }

  /// Returns what kept elements are multiplied by; the threshold 0 cannot be told from 2³² by its
  /// largest word.
  private static float kept(long threshold, double value) {
    return threshold == 0 ? 0 : (float) value;
  }

  private static VectorMask<Float> isKept(int[] words, int at, long threshold) {
    // Compared with the largest word that keeps, since 2³² has no room in a lane.
    IntVector vector = IntVector.fromArray(INTS, words, at);
    return vector.compare(VectorOperators.ULE, (int) (threshold - 1)).cast(Lanes.SPECIES);
  }

  @Override
  public void dropout(
      long key, long counter, long threshold, double value, Storage x, Storage out) {
    if (x instanceof FloatStorage xs && out instanceof FloatStorage os) {
      float[] source = xs.array();
      int shift = xs.offset() - os.offset();
      float kept = kept(threshold, value);
      forEachChunk(
          key,
          counter,
          os,
          (words, array, to, count) ->
              dropout(words, threshold, kept, source, to + shift, array, to, count));
    } else {
      reference.dropout(key, counter, threshold, value, x, out);
    }
  }

  private static void dropout(
      int[] words,
      long threshold,
      float value,
      float[] x,
      int from,
      float[] out,
      int to,
      int count) {
    int i = 0;
    for (; i <= count - COUNT; i += COUNT) {
      FloatVector factor = all(0f).blend(value, isKept(words, i, threshold));
      load(x, from + i).mul(factor).intoArray(out, to + i);
    }
    for (; i < count; i++) {
      out[to + i] = x[from + i] * (Integer.toUnsignedLong(words[i]) < threshold ? value : 0);
    }
  }

  private static final ThreadArray<int[]> WORDS = new ThreadArray<>(int[]::new);
  private static final ThreadBuffer VALUES = new ThreadBuffer();
  private static final ThreadLocal<VectorNormal> NORMAL =
      ThreadLocal.withInitial(() -> new VectorNormal(CHUNK));

  /// Works on some words, whose elements begin at `to`.
  private interface Chunk {
    void run(int[] words, float[] array, int to, int count);
  }

  private static void forEachChunk(long key, long counter, FloatStorage out, Chunk chunk) {
    float[] array = out.array();
    int length = out.length();
    Blocks.forEach(
        length,
        (start, size) -> {
          int[] words = WORDS.atLeast(CHUNK);
          for (int i = start; i < start + size; i += CHUNK) {
            int count = Math.min(CHUNK, start + size - i);
            VectorPhilox.fill(key, counter + i / 4, words, count);
            chunk.run(words, array, out.offset() + i, count);
          }
        });
  }
}
