package taut.core.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import taut.core.Shape;

/// Plans and walks against plain index arithmetic, on random shapes.
class BroadcastTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void planVisitsWhatTheRuleSays(long seed) {
    Random random = new Random(seed);
    for (int trial = 0; trial < 300; trial++) {
      int[] out = new int[random.nextInt(6)];
      Arrays.setAll(out, i -> random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(4));
      Shape a = part(out, random);
      Shape b = part(out, random);
      Shape shape = a.broadcast(b);
      List<String> wanted = new ArrayList<>();
      for (int i = 0; i < shape.size(); i++) {
        wanted.add(place(i, shape, a) + " " + place(i, shape, b) + " " + i);
      }
      List<String> got = new ArrayList<>();
      Broadcast plan = Broadcast.of(a, b, shape);
      plan.forEach((i, j, o) -> got.add(i + " " + j + " " + o));
      assertEquals(wanted, got, "seed " + seed + ": " + a + " and " + b);
      assertTrue(plan.stepA() <= 1 && plan.stepB() <= 1, "steps of " + a + " and " + b);
    }
  }

  /// Makes some sizes 1 and drops some leading ones.
  private static Shape part(int[] out, Random random) {
    int from = random.nextInt(3) == 0 && out.length > 0 ? random.nextInt(out.length) : 0;
    int[] dims = Arrays.copyOfRange(out, from, out.length);
    Arrays.setAll(dims, i -> random.nextInt(3) == 0 ? 1 : dims[i]);
    return Shape.of(dims);
  }

  /// Returns where element i of the result comes from.
  private static int place(int i, Shape out, Shape from) {
    int place = 0;
    int stride = 1;
    int rest = i;
    for (int axis = 1; axis <= out.rank(); axis++) {
      int dim = out.dim(-axis);
      int index = rest % dim;
      rest /= dim;
      if (axis <= from.rank()) {
        place += from.dim(-axis) == 1 ? 0 : index * stride;
        stride *= from.dim(-axis);
      }
    }
    return place;
  }

  @Test
  void equalShapesAreOneRow() {
    Broadcast plan = Broadcast.of(Shape.of(2, 3, 4), Shape.of(2, 3, 4), Shape.of(2, 3, 4));
    assertEquals(24, plan.length());
  }

  @Test
  void axesThatBehaveAlikeAreOneRow() {
    Broadcast plan = Broadcast.of(Shape.of(5, 3, 4), Shape.of(3, 4), Shape.of(5, 3, 4));
    assertEquals(12, plan.length());
    assertEquals(60, Broadcast.of(Shape.of(5, 3, 4), Shape.SCALAR, Shape.of(5, 3, 4)).length());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void walkVisitsItsElementsInOrder(long seed) {
    Random random = new Random(seed);
    for (int trial = 0; trial < 200; trial++) {
      int[] dims = new int[random.nextInt(5)];
      Arrays.setAll(dims, i -> random.nextInt(15) == 0 ? 0 : 1 + random.nextInt(4));
      int[] strides = new int[dims.length];
      Arrays.setAll(strides, i -> random.nextInt(21) - 10);
      Shape shape = Shape.of(dims);
      int[] wanted = new int[shape.size()];
      for (int i = 0; i < wanted.length; i++) {
        int at = 1000;
        for (int axis = dims.length - 1, rest = i; axis >= 0; rest /= dims[axis], axis--) {
          at += rest % dims[axis] * strides[axis];
        }
        wanted[i] = at;
      }
      int[] got = new int[shape.size()];
      new Walk(1000, shape, strides)
          .forEachRun((start, stride, position, length) -> {
            for (int i = 0; i < length; i++) {
              got[position + i] = start + i * stride;
            }
          });
      assertArrayEquals(wanted, got, "seed " + seed + ": " + shape + Arrays.toString(strides));
    }
  }
}
