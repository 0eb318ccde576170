package taut.core.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import taut.core.DType;
import taut.core.Shape;
import taut.core.Storage;
import taut.core.Tensor;

/// Picking by position as it runs against what is read.
class IndexKernelsTest {
  private static final int[] WIDTHS = {1, 2, 7, 15, 16, 17, 65};

  private final IndexKernels reference = ReferenceIndexKernels.INSTANCE;
  private final IndexKernels vector = VectorIndexKernels.INSTANCE;

  private interface Work {
    void run(IndexKernels kernels, Storage out);
  }

  /// Runs both on results that start alike.
  private void check(DType dtype, int length, String what, Work work) {
    Storage wanted = Tensor.full(Shape.of(length), 1, dtype).storage();
    Storage got = Tensor.full(Shape.of(length), 1, dtype).storage();
    work.run(reference, wanted);
    work.run(vector, got);
    assertArrayEquals(values(wanted), values(got), what + " of " + dtype);
  }

  @ParameterizedTest
  @EnumSource(names = "BOOL", mode = EnumSource.Mode.EXCLUDE)
  void rowsByName(DType dtype) {
    for (int width : WIDTHS) {
      for (int count : new int[] {0, 1, 33, 300_007 / width}) {
        Storage x = mixed(dtype, 11 * width);
        Storage names = names(count, 11);
        String what = count + " rows of " + width;
        check(dtype, count * width, what, (k, out) -> k.gather(x, names, out, width));
        // Whole numbers, so that FLOAT32 sums are exact.
        Storage rows = whole(dtype, count * width);
        check(dtype, 11 * width, what, (k, out) -> k.scatterAdd(rows, names, out, width));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = "BOOL", mode = EnumSource.Mode.EXCLUDE)
  void alongAnAxis(DType dtype) {
    for (int inner : WIDTHS) {
      for (int outer : new int[] {0, 1, 5}) {
        Storage x = mixed(dtype, outer * 6 * inner);
        Storage names = names(outer * 9 * inner, 6);
        String what = outer + " by " + inner;
        int length = outer * 9 * inner;
        check(dtype, length, what, (k, out) -> k.take(x, names, out, outer, 6, 9, inner));
        Storage added = whole(dtype, length);
        check(
            dtype,
            outer * 6 * inner,
            what,
            (k, out) -> k.putAdd(added, names, out, outer, 6, 9, inner));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void largest(DType dtype) {
    for (int inner : WIDTHS) {
      for (int count : new int[] {1, 2, 10, 15, 16, 33, 1009}) {
        Storage x = mixed(dtype, 5 * count * inner);
        String what = count + " by " + inner;
        check(DType.INT32, 5 * inner, what, (k, out) -> k.argMax(x, out, 5, count, inner));
      }
    }
  }

  @Test
  void theFirstNanIsLargestAndMinusInfinityIsSomething() {
    for (int count : new int[] {3, 16, 40}) {
      int middle = count / 2;
      float[] rows = new float[3 * count];
      Arrays.fill(rows, Float.NEGATIVE_INFINITY);
      rows[count + middle] = Float.NaN;
      rows[2 * count - 1] = Float.NaN;
      rows[count] = Float.POSITIVE_INFINITY;
      rows[2 * count] = -0f;
      rows[3 * count - 1] = 0f;
      Storage x = Tensor.of(Shape.of(rows.length), rows).storage();
      Storage out = Tensor.full(Shape.of(3), 9, DType.INT32).storage();
      vector.argMax(x, out, 3, count, 1);
      assertArrayEquals(new double[] {0, middle, 0}, values(out));
    }
  }

  @ParameterizedTest
  @EnumSource
  void conversions(DType from) {
    for (DType to : DType.values()) {
      for (int length : AwkwardFloats.lengths()) {
        Storage x = mixed(from, length);
        check(to, length, "from " + from + ", length " + length, (k, out) -> k.cast(x, out));
      }
    }
  }

  private static Storage names(int length, int bound) {
    Storage storage = Tensor.full(Shape.of(length), 0, DType.INT32).storage();
    Random random = new Random(length);
    for (int i = 0; i < length; i++) {
      storage.set(i, random.nextInt(bound));
    }
    return storage;
  }

  private static Storage whole(DType dtype, int length) {
    Storage storage = Tensor.full(Shape.of(length), 0, dtype).storage();
    for (int i = 0; i < length; i++) {
      storage.set(i, i % 13 - 6);
    }
    return storage;
  }

  private static Storage mixed(DType dtype, int length) {
    Storage storage = Tensor.full(Shape.of(length), 0, dtype).storage();
    float[] edges = AwkwardFloats.mixed(length, 8);
    for (int i = 0; i < length; i++) {
      storage.set(i, edges[i]);
    }
    return storage;
  }

  private static double[] values(Storage storage) {
    double[] values = new double[storage.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = storage.get(i);
    }
    return values;
  }
}
