package taut.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Sizes, axes and the broadcasting rule.
class ShapeTest {
  private static void fails(Executable call, String... words) {
    var error = assertThrows(IllegalArgumentException.class, call);
    for (String word : words) {
      assertTrue(error.getMessage().contains(word), error.getMessage());
    }
  }

  @Test
  void sizes() {
    assertEquals(24, Shape.of(2, 3, 4).size());
    assertEquals(1, Shape.SCALAR.size());
    assertEquals(0, Shape.of(2, 0).size());
    assertEquals(Shape.SCALAR, Shape.of());
    assertEquals("[2, 3]", Shape.of(2, 3).toString());
    assertEquals(Shape.of(2, 3).hashCode(), Shape.of(2, 3).hashCode());
    assertNotEquals(Shape.of(2, 3), Shape.of(3, 2));
    assertArrayEquals(new int[] {12, 4, 1}, Shape.of(2, 3, 4).strides());
  }

  @Test
  void arrayOfSizesIsCopied() {
    int[] dims = {2, 3};
    Shape shape = Shape.of(dims);
    dims[0] = 9;
    shape.toArray()[1] = 9;
    assertEquals(Shape.of(2, 3), shape);
  }

  @Test
  void impossibleSizesAreErrors() {
    fails(() -> Shape.of(2, -1), "[2, -1]");
    fails(() -> Shape.of(1 << 16, 1 << 16), "65536");
    fails(() -> Shape.of(Integer.MAX_VALUE), "2147483647");
    fails(() -> Shape.of(1 << 30, 1 << 30, 1 << 30, 1 << 30), "1073741824");
  }

  @Test
  void axes() {
    Shape shape = Shape.of(2, 3, 4);
    assertEquals(4, shape.dim(-1));
    assertEquals(0, shape.axis(-3));
    assertArrayEquals(new int[] {0, 1, 2}, shape.axes());
    assertArrayEquals(new int[] {0, 2}, shape.axes(-1, 0));
    fails(() -> shape.axis(3), "3", "[2, 3, 4]");
    fails(() -> shape.axis(-4), "-4");
    fails(() -> Shape.SCALAR.axis(0), "[]");
    fails(() -> shape.axes(1, -2), "twice");
    assertEquals(Shape.of(2, 7, 4), shape.with(1, 7));
    assertEquals(Shape.of(3), shape.reduced(new int[] {0, 2}, false));
    assertEquals(Shape.of(1, 3, 1), shape.reduced(new int[] {0, 2}, true));
    assertEquals(Shape.of(3), shape.reduced(List.of(0, 2), false));
    assertEquals(Shape.of(1, 3, 1), shape.reduced(List.of(0, 2), true));
    assertEquals(Shape.of(2, 4), shape.without(1));
    assertEquals(Shape.of(2, 3), shape.without(-1));
    assertEquals(Shape.SCALAR, Shape.of(5).without(0));
    assertEquals(Shape.of(2, 3), shape.first(2));
    assertEquals(Shape.of(2, 3, 4, 5), shape.append(5));
    assertEquals(Shape.of(4, 2, 3), shape.permuted(List.of(2, 0, 1)));
    assertEquals(4, shape.stride(1));
    assertEquals(1, shape.stride(-1));
    fails(() -> Shape.SCALAR.without(0), "[]");
  }

  @Test
  void whatWasMetOfLateIsTheSameObject() {
    Shape shape = Shape.of(2, 3);
    assertSame(shape, Shape.of(new int[] {2, 3}));
    assertSame(shape, Shape.of(2, 7).with(1, 3));
    assertSame(shape, Shape.of(2).append(3));
  }

  @Test
  void moreShapesThanAreKeptAndMoreAxesThanUsual() {
    for (int i = 0; i < 20_000; i++) {
      assertEquals(i * 3, Shape.of(i, 3).size());
      assertArrayEquals(new int[] {3, i}, Shape.of(3, i).toArray());
    }
    int[] dims = new int[20];
    Arrays.fill(dims, 1);
    dims[19] = 7;
    assertEquals(Shape.of(dims), Shape.of(dims).with(0, 1));
    assertEquals(20, Shape.of(dims).append(2).without(-2).rank());
    assertEquals(2, Shape.of(dims).append(2).without(-2).size());
  }

  @Test
  void broadcasting() {
    assertEquals(Shape.of(2, 3), Shape.of(2, 3).broadcast(Shape.of(3)));
    assertEquals(Shape.of(2, 3, 4), Shape.of(3, 1).broadcast(Shape.of(2, 1, 4)));
    assertEquals(Shape.of(2), Shape.SCALAR.broadcast(Shape.of(2)));
    assertEquals(Shape.of(0), Shape.of(0).broadcast(Shape.of(1)));
    fails(() -> Shape.of(2, 3).broadcast(Shape.of(2)), "[2, 3]", "[2]", "3 ≠ 2", "axis -1");
    fails(() -> Shape.of(0).broadcast(Shape.of(2)), "0 ≠ 2");
    fails(() -> Shape.of(1 << 16, 1).broadcast(Shape.of(1, 1 << 16)), "65536");
  }
}
