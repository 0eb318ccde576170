package taut.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// Size classes fit, waste little, and never hand a buffer to two owners.
class BufferPoolTest {
  @Test
  void everyLengthFitsItsClass() {
    for (int length = 0; length < 100_000; length++) {
      checkClass(length);
    }
    for (long length = 100_000; length < Integer.MAX_VALUE - 50; length = length * 17 / 16 + 1) {
      checkClass((int) length);
    }
    checkClass(Integer.MAX_VALUE - 52);
  }

  private static void checkClass(int length) {
    int sizeClass = BufferPool.sizeClass(length);
    int capacity = BufferPool.capacity(sizeClass);
    assertTrue(capacity >= length, () -> length + " in " + capacity);
    assertTrue(capacity <= Math.max(8, length + length / 8L + 1), () -> length + " in " + capacity);
    assertEquals(sizeClass, BufferPool.sizeClass(capacity), () -> "class of capacity " + capacity);
    if (sizeClass > 0) {
      assertTrue(
          BufferPool.capacity(sizeClass - 1) < length, () -> length + " has a smaller class");
    }
  }

  @Test
  void bufferComesBackOnce() {
    BufferPool pool = new BufferPool();
    FloatStorage first = pool.take(2000);
    assertEquals(first.array().length, pool.made());
    assertEquals(first.array().length, pool.used());
    pool.give(first);
    assertEquals(0, pool.used());
    FloatStorage second = pool.take(1990);
    assertEquals(first.array().length, pool.made());
    assertSame(first.array(), second.array());
    assertEquals(1990, second.length());
    assertNotSame(second.array(), pool.take(2000).array());
  }

  @Test
  void largeBuffersStartOnACacheLine() {
    BufferPool pool = new BufferPool();
    assertEquals(BufferPool.ALIGNED_START, pool.take(1 << 20).offset());
    assertEquals(0, pool.take(10).offset());
    assertEquals(
        BufferPool.ALIGNED_START,
        ((FloatStorage) Tensor.zeros(1 << 12).persistentCopy().storage()).offset());
  }

  @Test
  void foreignArraysAreNotTaken() {
    BufferPool pool = new BufferPool();
    FloatStorage foreign = new FloatStorage(new float[2001], 0, 2001);
    pool.give(foreign);
    assertNotSame(foreign.array(), pool.take(2001).array());
  }
}
