package taut.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

/// Arrays that serve again.
class SpareArraysTest {
  private final SpareArrays<String> arrays = new SpareArrays<>(String[]::new);

  @Test
  void returnsWhatWasGivenBackEmpty() {
    String[] array = arrays.take(2);
    array[1] = "x";
    arrays.give(array);
    assertEquals(3, arrays.take(3).length);
    assertSame(array, arrays.take(2));
    assertNull(array[1]);
    assertNotSame(array, arrays.take(2));
  }

  @Test
  void leavesLongOnesAlone() {
    String[] array = arrays.take(100);
    arrays.give(array);
    assertNotSame(array, arrays.take(100));
    assertEquals(0, arrays.take(0).length);
  }

  @Test
  void anOpLeavesNoTensorInAnArray() {
    Tensor x = Tensor.vector(1, 2);
    Tensor[][] seen = new Tensor[1][];
    Recorder recorder = (op, inputs, output) -> seen[0] = inputs;
    Recorder.start(recorder);
    try {
      x.add(x);
    } finally {
      Recorder.stop(recorder);
    }
    assertEquals(2, seen[0].length);
    assertNull(seen[0][0]);
  }
}
