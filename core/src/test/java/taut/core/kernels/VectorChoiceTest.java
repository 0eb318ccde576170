package taut.core.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import taut.core.DType;
import taut.core.Shape;
import taut.core.Storage;
import taut.core.Tensor;
import taut.core.ops.Comparison;

/// Comparing, choosing and limiting as they run against what is read, among edge cases.
class VectorChoiceTest {
  private static final Shape[][] PAIRS = {
    {Shape.of(7), Shape.of(7)},
    {Shape.of(3, 37), Shape.of(37)},
    {Shape.of(3, 37), Shape.of(3, 1)},
    {Shape.of(5, 1, 19), Shape.of(4, 1)},
    {Shape.of(67), Shape.SCALAR},
    {Shape.SCALAR, Shape.of(130)},
    {Shape.of(0, 3), Shape.of(3)},
    {Shape.of(300_007), Shape.of(300_007)},
  };

  private final Kernels reference = new ReferenceKernels();
  private final Kernels vector = new VectorKernels();

  @ParameterizedTest
  @EnumSource
  void comparesEveryType(Comparison question) {
    int checked = 0;
    for (DType dtype : DType.values()) {
      for (Shape[] pair : PAIRS) {
        Shape shape = pair[0].broadcast(pair[1]);
        Broadcast plan = Broadcast.of(pair[0], pair[1], shape);
        Storage a = mixed(dtype, pair[0], 1);
        Storage b = mixed(dtype, pair[1], 2);
        Storage wanted = Tensor.full(shape, 0, DType.BOOL).storage();
        Storage got = Tensor.full(shape, 1, DType.BOOL).storage();
        reference.compare(question, a, b, wanted, plan);
        vector.compare(question, a, b, got, plan);
        assertArrayEquals(values(wanted), values(got), dtype + " " + pair[0] + " " + pair[1]);
        checked++;
      }
    }
    assertEquals(DType.values().length * PAIRS.length, checked);
  }

  @Test
  void chooses() {
    for (int length : AwkwardFloats.lengths()) {
      Shape shape = Shape.of(length);
      Storage condition = mixed(DType.BOOL, shape, 3);
      Storage a = mixed(DType.FLOAT32, shape, 4);
      Storage b = mixed(DType.FLOAT32, shape, 5);
      Storage zero = Tensor.full(shape, 0, DType.FLOAT32).storage();
      check(condition, a, b);
      check(condition, a, zero);
      check(condition, zero, b);
    }
  }

  private void check(Storage condition, Storage a, Storage b) {
    Shape shape = Shape.of(a.length());
    Storage wanted = Tensor.full(shape, 7, DType.FLOAT32).storage();
    Storage got = Tensor.full(shape, 8, DType.FLOAT32).storage();
    reference.where(condition, a, b, wanted);
    vector.where(condition, a, b, got);
    assertArrayEquals(values(wanted), values(got), "length " + a.length());
  }

  @Test
  void limits() {
    double[][] bounds = {{-0.5, 0.1}, {0, 0}, {-1e300, 1e300}, {1, Double.POSITIVE_INFINITY}};
    for (int length : AwkwardFloats.lengths()) {
      for (double[] bound : bounds) {
        Shape shape = Shape.of(length);
        Storage x = mixed(DType.FLOAT32, shape, 6);
        Storage wanted = Tensor.full(shape, 7, DType.FLOAT32).storage();
        Storage got = Tensor.full(shape, 8, DType.FLOAT32).storage();
        reference.clip(bound[0], bound[1], x, wanted);
        vector.clip(bound[0], bound[1], x, got);
        assertArrayEquals(values(wanted), values(got), "length " + length);
      }
    }
  }

  /// Returns few different values, so that many pairs are equal, among edge cases.
  private static Storage mixed(DType dtype, Shape shape, long seed) {
    Storage storage = Tensor.full(shape, 0, dtype).storage();
    float[] edges = AwkwardFloats.mixed(shape.size(), seed);
    Random random = new Random(seed);
    for (int i = 0; i < storage.length(); i++) {
      boolean few = !dtype.isFloating() || random.nextBoolean();
      storage.set(i, few ? random.nextInt(2) : edges[i]);
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
