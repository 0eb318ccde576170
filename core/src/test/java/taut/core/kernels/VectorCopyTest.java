package taut.core.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import taut.core.DType;
import taut.core.Shape;
import taut.core.Storage;
import taut.core.Tensor;

/// Copies along walks as they run against those that are read.
class VectorCopyTest {
  private static final int DEFAULT_THREADS = Parallel.threads();

  private final Kernels reference = new ReferenceKernels();
  private final Kernels vector = new VectorKernels();

  @AfterEach
  void restoreThreads() {
    Parallel.setThreads(DEFAULT_THREADS);
  }

  /// Takes the axes of a tensor in another order, some of them with steps or backwards.
  @ParameterizedTest
  @EnumSource
  void slicesOfTransposes(DType dtype) {
    Random random = new Random(7);
    for (int trial = 0; trial < 300; trial++) {
      int rank = random.nextInt(5);
      int[] sizes = new int[rank];
      Arrays.setAll(
          sizes, i -> random.nextInt(25) == 0 ? 0 : 1 + random.nextInt(rank > 2 ? 9 : 40));
      Shape shape = Shape.of(sizes);
      check(dtype, shape.size(), slice(shape, random), shape + ", trial " + trial);
    }
  }

  private record Path(Walk walk, int length) {}

  private static Path slice(Shape shape, Random random) {
    int rank = shape.rank();
    int[] order = new int[rank];
    Arrays.setAll(order, i -> i);
    for (int i = rank - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    int[] dims = new int[rank];
    int[] strides = new int[rank];
    int offset = 0;
    for (int i = 0; i < rank; i++) {
      int size = shape.dim(order[i]);
      int step = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 1;
      boolean backwards = random.nextInt(4) == 0 && size > 0;
      int stride = shape.strides()[order[i]];
      dims[i] = Math.ceilDiv(size, step);
      strides[i] = backwards ? -step * stride : step * stride;
      offset += backwards ? (size - 1) * stride : 0;
    }
    Shape picked = Shape.of(dims);
    return new Path(new Walk(offset, picked, strides), picked.size());
  }

  private void check(DType dtype, int size, Path path, String where) {
    Storage x = numbers(dtype, size);
    double[] wanted = values(run(reference, x, path, dtype));
    Tensor target = Tensor.full(Shape.of(size), 0, dtype);
    reference.scatter(numbers(dtype, path.length()), path.walk(), target.storage());
    double[] back = values(target.storage());
    for (int threads = 1; threads <= 2; threads++) {
      Parallel.setThreads(threads);
      assertArrayEquals(wanted, values(run(vector, x, path, dtype)), where);
      Tensor result = Tensor.full(Shape.of(size), 0, dtype);
      vector.scatter(numbers(dtype, path.length()), path.walk(), result.storage());
      assertArrayEquals(back, values(result.storage()), where + ", scattered");
    }
  }

  private static Storage run(Kernels kernels, Storage x, Path path, DType dtype) {
    Storage out = Tensor.full(Shape.of(path.length()), 1, dtype).storage();
    kernels.copy(x, path.walk(), out);
    return out;
  }

  @Test
  void largeMatricesAreSharedAmongThreads() {
    int[][] sizes = {{700, 501}, {501, 700}, {1024, 512}, {300_007, 3}, {3, 300_007}};
    for (int[] size : sizes) {
      Shape shape = Shape.of(size[1], size[0]);
      Path path = new Path(new Walk(0, shape, new int[] {1, size[1]}), shape.size());
      check(DType.FLOAT32, shape.size(), path, shape + " transposed");
    }
    Shape heads = Shape.of(9, 17, 33, 70);
    int[] strides = {33 * 17 * 70, 70, 17 * 70, 1};
    Path path = new Path(new Walk(0, heads, strides), heads.size());
    check(DType.FLOAT32, heads.size(), path, "the two axes in the middle exchanged");
  }

  @Test
  void repeatsWithoutStrides() {
    Random random = new Random(5);
    int checked = 0;
    for (int trial = 0; trial < 100; trial++) {
      int[] to = new int[1 + random.nextInt(4)];
      Arrays.setAll(to, i -> 1 + random.nextInt(20));
      int[] from = to.clone();
      Arrays.setAll(from, i -> random.nextBoolean() ? 1 : from[i]);
      Shape target = Shape.of(to);
      Shape source = Shape.of(from);
      Storage x = numbers(DType.FLOAT32, source.size());
      Path path = new Path(Walk.broadcast(source, target), target.size());
      assertArrayEquals(
          values(run(reference, x, path, DType.FLOAT32)),
          values(run(vector, x, path, DType.FLOAT32)),
          source + " to " + target);
      checked++;
    }
    assertEquals(100, checked);
  }

  private static Storage numbers(DType dtype, int length) {
    Storage storage = Tensor.full(Shape.of(length), 0, dtype).storage();
    for (int i = 0; i < length; i++) {
      storage.set(i, dtype == DType.BOOL ? i * 7 % 3 : i + 1);
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
