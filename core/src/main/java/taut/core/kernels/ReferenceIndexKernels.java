package taut.core.kernels;

import taut.core.Storage;

/// The textbook of picking by position: one plain loop each, for every element type.
enum ReferenceIndexKernels implements IndexKernels {
  INSTANCE;

  @Override
  public void gather(Storage x, Storage indices, Storage out, int width) {
    for (int i = 0; i < indices.length(); i++) {
      for (int j = 0; j < width; j++) {
        out.set(i * width + j, x.get(((int) indices.get(i)) * width + j));
      }
    }
  }

  @Override
  public void scatterAdd(Storage rows, Storage indices, Storage sums, int width) {
    for (int i = 0; i < indices.length(); i++) {
      for (int j = 0; j < width; j++) {
        int to = ((int) indices.get(i)) * width + j;
        sums.set(to, sums.get(to) + rows.get(i * width + j));
      }
    }
  }

  @Override
  public void take(
      Storage x, Storage indices, Storage out, int outer, int size, int count, int inner) {
    for (int i = 0; i < outer * count * inner; i++) {
      out.set(i, x.get(place(indices, i, size, count, inner)));
    }
  }

  @Override
  public void putAdd(
      Storage x, Storage indices, Storage sums, int outer, int size, int count, int inner) {
    for (int i = 0; i < outer * count * inner; i++) {
      int to = place(indices, i, size, count, inner);
      sums.set(to, sums.get(to) + x.get(i));
    }
  }

  private static int place(Storage indices, int i, int size, int count, int inner) {
    return (i / inner / count * size + ((int) indices.get(i))) * inner + i % inner;
  }

  @Override
  public void argMax(Storage x, Storage out, int outer, int count, int inner) {
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < inner; i++) {
        int start = o * count * inner + i;
        int best = 0;
        for (int c = 1; c < count; c++) {
          double challenger = x.get(start + c * inner);
          double champion = x.get(start + best * inner);
          if (challenger > champion || (Double.isNaN(challenger) && !Double.isNaN(champion))) {
            best = c;
          }
        }
        out.set(o * inner + i, best);
      }
    }
  }

  @Override
  public void cast(Storage from, Storage to) {
    for (int i = 0; i < to.length(); i++) {
      to.set(i, from.get(i));
    }
  }
}
