package taut.core.kernels;

import taut.core.BooleanStorage;
import taut.core.DoubleStorage;
import taut.core.FloatStorage;
import taut.core.IntStorage;
import taut.core.Storage;

/// What runs of picking by position: loops over arrays for FLOAT32, the reference for other types.
enum VectorIndexKernels implements IndexKernels {
  INSTANCE;

  private final IndexKernels reference = ReferenceIndexKernels.INSTANCE;

  @Override
  public void gather(Storage x, Storage indices, Storage out, int width) {
    int[] names = ((IntStorage) indices).array();
    if (width == 1 && x instanceof FloatStorage xs && out instanceof FloatStorage os) {
      float[] from = xs.array();
      float[] to = os.array();
      Blocks.forEach(
          names.length,
          (start, size) -> {
            for (int i = start; i < start + size; i++) {
              to[os.offset() + i] = from[xs.offset() + names[i]];
            }
          });
      return;
    }
    for (int i = 0; i < names.length; i++) {
      out.copyFrom(x, names[i] * width, i * width, width);
    }
  }

  @Override
  public void scatterAdd(Storage rows, Storage indices, Storage sums, int width) {
    if (rows instanceof FloatStorage rs && sums instanceof FloatStorage ss) {
      int[] names = ((IntStorage) indices).array();
      float[] from = rs.array();
      float[] to = ss.array();
      if (width == 1) {
        for (int i = 0; i < names.length; i++) {
          to[ss.offset() + names[i]] += from[rs.offset() + i];
        }
        return;
      }
      for (int i = 0; i < names.length; i++) {
        addRow(from, rs.offset() + i * width, to, ss.offset() + names[i] * width, width);
      }
    } else {
      reference.scatterAdd(rows, indices, sums, width);
    }
  }

  private static void addRow(float[] row, int from, float[] sums, int to, int width) {
    int i = 0;
    for (; i <= width - Lanes.COUNT; i += Lanes.COUNT) {
      Lanes.load(sums, to + i).add(Lanes.load(row, from + i)).intoArray(sums, to + i);
    }
    for (; i < width; i++) {
      sums[to + i] += row[from + i];
    }
  }

  @Override
  public void take(
      Storage x, Storage indices, Storage out, int outer, int size, int count, int inner) {
    if (x instanceof FloatStorage xs && out instanceof FloatStorage os) {
      int[] names = ((IntStorage) indices).array();
      float[] from = xs.array();
      float[] to = os.array();
      int at = 0;
      for (int o = 0; o < outer; o++) {
        int start = xs.offset() + o * size * inner;
        for (int c = 0; c < count; c++) {
          for (int i = 0; i < inner; i++, at++) {
            to[os.offset() + at] = from[start + names[at] * inner + i];
          }
        }
      }
    } else {
      reference.take(x, indices, out, outer, size, count, inner);
    }
  }

  @Override
  public void putAdd(
      Storage x, Storage indices, Storage sums, int outer, int size, int count, int inner) {
    if (x instanceof FloatStorage xs && sums instanceof FloatStorage ss) {
      int[] names = ((IntStorage) indices).array();
      float[] from = xs.array();
      float[] to = ss.array();
      int at = 0;
      for (int o = 0; o < outer; o++) {
        int start = ss.offset() + o * size * inner;
        for (int c = 0; c < count; c++) {
          for (int i = 0; i < inner; i++, at++) {
            to[start + names[at] * inner + i] += from[xs.offset() + at];
          }
        }
      }
    } else {
      reference.putAdd(x, indices, sums, outer, size, count, inner);
    }
  }

  @Override
  public void argMax(Storage x, Storage out, int outer, int count, int inner) {
    if (x instanceof FloatStorage xs && out instanceof IntStorage os) {
      VectorArgMax.apply(xs.array(), xs.offset(), os.array(), outer, count, inner);
    } else {
      reference.argMax(x, out, outer, count, inner);
    }
  }

  @Override
  public void cast(Storage from, Storage to) {
    if (from instanceof FloatStorage x && to instanceof DoubleStorage y) {
      float[] source = x.array();
      for (int i = 0; i < y.length(); i++) {
        y.array()[i] = source[x.offset() + i];
      }
    } else if (from instanceof DoubleStorage x && to instanceof FloatStorage y) {
      float[] target = y.array();
      for (int i = 0; i < y.length(); i++) {
        target[y.offset() + i] = (float) x.array()[i];
      }
    } else if (from instanceof IntStorage x && to instanceof FloatStorage y) {
      float[] target = y.array();
      for (int i = 0; i < y.length(); i++) {
        target[y.offset() + i] = x.array()[i];
      }
    } else if (from instanceof BooleanStorage x && to instanceof FloatStorage y) {
      float[] ones = {1f};
      float[] zeros = {0f};
      int length = y.length();
      VectorSelect.where(x.array(), 0, ones, 0, 0, zeros, 0, 0, y.array(), y.offset(), length);
    } else {
      reference.cast(from, to);
    }
  }
}
