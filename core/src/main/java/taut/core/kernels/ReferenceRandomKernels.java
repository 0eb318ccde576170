package taut.core.kernels;

import taut.core.Philox;
import taut.core.Storage;

/// The textbook of random numbers: block after block, word after word.
enum ReferenceRandomKernels implements RandomKernels {
  INSTANCE;

  @Override
  public void uniform(long key, long counter, double low, double high, Storage out) {
    forEachWord(
        key,
        counter,
        out.length(),
        (i, word) -> {
          double unit = (word >>> 8) * 0x1p-24;
          out.set(i, low + unit * (high - low));
        });
  }

  @Override
  public void normal(long key, long counter, float mean, float deviation, Storage out) {
    int[] first = new int[1];
    forEachWord(
        key,
        counter,
        Math.ceilDiv(out.length(), 2) * 2,
        (i, word) -> {
          if (i % 2 == 0) {
            first[0] = word;
            return;
          }
          float radius = NormalPair.radius(first[0]);
          out.set(i - 1, Math.fma(deviation, radius * NormalPair.cosine(word), mean));
          if (i < out.length()) {
            out.set(i, Math.fma(deviation, radius * NormalPair.sine(word), mean));
          }
        });
  }

  @Override
  public void mask(long key, long counter, long threshold, double value, Storage out) {
    forEachWord(
        key,
        counter,
        out.length(),
        (i, word) -> out.set(i, Integer.toUnsignedLong(word) < threshold ? value : 0));
  }

  @Override
  public void dropout(
      long key, long counter, long threshold, double value, Storage x, Storage out) {
    forEachWord(
        key,
        counter,
        out.length(),
        (i, word) -> out.set(i, x.get(i) * (Integer.toUnsignedLong(word) < threshold ? value : 0)));
  }

  /// Takes word i.
  private interface Visitor {
    void visit(int i, int word);
  }

  private static void forEachWord(long key, long counter, int count, Visitor visitor) {
    int[] block = new int[4];
    for (int i = 0; i < count; i++) {
      if (i % 4 == 0) {
        Philox.block(counter + i / 4, 0, key, block);
      }
      visitor.visit(i, block[i % 4]);
    }
  }
}
