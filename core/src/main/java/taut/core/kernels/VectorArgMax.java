package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.load;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Finds where the first largest float32 element along an axis stands, or the first NaN.
final class VectorArgMax {
  private VectorArgMax() {}

  /// Writes the positions along the middle axis of x, seen as [outer, count, inner].
  static void apply(float[] x, int offset, int[] out, int outer, int count, int inner) {
    Blocks.forEachRow(
        outer,
        Math.max(1, count * inner),
        (first, size) -> {
          for (int o = first; o < first + size; o++) {
            int start = offset + o * count * inner;
            if (inner == 1) {
              out[o] = ofRow(x, start, count);
            } else {
              ofColumns(x, start, count, inner, out, o * inner);
            }
          }
        });
  }

  /// Finds the largest in vectors, then the first place that holds it: with NaN largest of all, as
  /// `max` has it.
  private static int ofRow(float[] x, int start, int count) {
    int whole = Lanes.SPECIES.loopBound(count);
    float largest = RowReduce.maximum(x, start, count);
    boolean nan = Float.isNaN(largest);
    int i = 0;
    for (; i < whole; i += COUNT) {
      FloatVector values = load(x, start + i);
      VectorMask<Float> hits =
          nan ? values.test(VectorOperators.IS_NAN) : values.compare(VectorOperators.EQ, largest);
      if (hits.anyTrue()) {
        return i + hits.firstTrue();
      }
    }
    while (nan ? !Float.isNaN(x[start + i]) : x[start + i] != largest) {
      i++;
    }
    return i;
  }

  private static void ofColumns(
      float[] x, int start, int count, int inner, int[] out, int outOffset) {
    Arrays.fill(out, outOffset, outOffset + inner, 0);
    float[] champions = Arrays.copyOfRange(x, start, start + inner);
    for (int c = 1; c < count; c++) {
      int row = start + c * inner;
      for (int i = 0; i < inner; i++) {
        float challenger = x[row + i];
        float champion = champions[i];
        // Not at most as large is larger, or NaN on either side; against a NaN nothing wins.
        if (!(challenger <= champion) && !Float.isNaN(champion)) {
          champions[i] = challenger;
          out[outOffset + i] = c;
        }
      }
    }
  }
}
