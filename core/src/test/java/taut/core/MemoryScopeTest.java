package taut.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Buffers come back, kept ones do not, and a tensor whose buffer has gone says so.
class MemoryScopeTest {
  private static float[] array(Tensor x) {
    return ((FloatStorage) x.storage()).array();
  }

  @Test
  void buffersAreReused() {
    float[] first;
    try (var scope = MemoryScope.open()) {
      first = array(Tensor.zeros(5000));
      assertTrue(scope.allocatedBytes() >= 20_000);
    }
    float[] second;
    try (var scope = MemoryScope.open()) {
      second = array(Tensor.zeros(5000));
      assertNotSame(second, array(Tensor.zeros(5000)));
      assertTrue(scope.allocatedBytes() >= 40_000);
    }
    assertSame(first, second);
  }

  @Test
  void loopReachesASteadyState() {
    Tensor weights = Tensor.ones(300, 20);
    Tensor batch = Tensor.ones(7, 300);
    long bytes = -1;
    for (int step = 0; step < 5; step++) {
      try (var scope = MemoryScope.open()) {
        Tensor y = batch.matmul(weights).relu().sum(0).softmax();
        assertEquals(1, y.sum().item(), 1e-6);
        assertTrue(bytes < 0 || bytes == scope.allocatedBytes());
        assertTrue(step == 0 || scope.newBytes() == 0, "allocates after the first step");
        bytes = scope.allocatedBytes();
      }
    }
  }

  @Test
  void peakIsTheMostInUseAtOnce() {
    MemoryScope closed;
    try (var outer = MemoryScope.open()) {
      Tensor x = Tensor.vector(new float[100_000]);
      long one = outer.peakBytes();
      assertEquals(outer.allocatedBytes(), one);
      for (int i = 0; i < 3; i++) {
        try (var inner = MemoryScope.open()) {
          assertEquals(0, inner.peakBytes());
          assertEquals(0, x.add(1).add(1).sum().item() - 200_000);
          assertEquals(2 * one + 32, inner.peakBytes());
          assertThrows(IllegalStateException.class, outer::peakBytes);
        }
      }
      assertEquals(3 * one + 32, outer.peakBytes());
      closed = outer;
    }
    assertEquals(3 * 4 * 106_496 + 32, closed.peakBytes());
    try (var next = MemoryScope.open()) {
      assertEquals(0, next.peakBytes());
    }
  }

  @Test
  void closedTensorSaysSo() {
    Tensor x;
    Tensor view;
    try (var scope = MemoryScope.open()) {
      x = Tensor.vector(1, 2);
      view = x.reshape(2, 1);
      assertEquals(0, scope.allocatedBytes() % Float.BYTES);
    }
    for (Tensor gone : new Tensor[] {x, view}) {
      var error = assertThrows(IllegalStateException.class, gone::toFloats);
      assertTrue(error.getMessage().contains("memory scope closed"), error.getMessage());
      assertTrue(error.getMessage().contains("FLOAT32[2"), error.getMessage());
    }
    assertThrows(IllegalStateException.class, () -> x.add(1));
    assertThrows(IllegalStateException.class, x::toString);
    assertThrows(IllegalStateException.class, x::refreshed);
    assertThrows(IllegalStateException.class, x::stopGradient);
  }

  @Test
  void wholeNumbersGoBackToo() {
    Tensor kept;
    Tensor gone;
    int[] buffer;
    try (var outer = MemoryScope.open()) {
      try (var inner = MemoryScope.open()) {
        kept = inner.keep(Tensor.range(3));
        gone = Tensor.range(3);
        buffer = ((IntStorage) gone.storage()).array();
      }
      assertArrayEquals(new int[] {0, 1, 2}, kept.toInts());
      assertThrows(IllegalStateException.class, gone::toInts);
      assertSame(buffer, ((IntStorage) Tensor.range(3).storage()).array());
      assertEquals(0, outer.allocatedBytes());
    }
    assertThrows(IllegalStateException.class, kept::toInts);
  }

  @Test
  void releasedStorageStaysReleased() {
    Storage storage;
    Tensor x;
    try (var scope = MemoryScope.open()) {
      x = Tensor.vector(1);
      storage = x.storage();
      assertEquals(32, scope.allocatedBytes());
    }
    storage.modified();
    assertThrows(IllegalStateException.class, x::item);
  }

  @Test
  void keptTensorStays() {
    Tensor kept;
    try (var scope = MemoryScope.open()) {
      kept = scope.keep(Tensor.vector(1, 2).reshape(2, 1));
    }
    assertArrayEquals(new float[] {1, 2}, kept.toFloats());
  }

  @Test
  void keptTensorPassesToTheEnclosingScope() {
    Tensor kept;
    Tensor outside;
    try (var outer = MemoryScope.open()) {
      outside = Tensor.vector(5);
      try (var inner = MemoryScope.open()) {
        kept = inner.keep(Tensor.vector(1, 2));
        inner.keep(outside);
      }
      assertArrayEquals(new float[] {1, 2}, kept.toFloats());
      assertEquals(5, outside.item());
      outer.keep(outside);
    }
    assertThrows(IllegalStateException.class, kept::toFloats);
    assertEquals(5, outside.item());
  }

  @Test
  void scopesCloseFromTheInside() {
    MemoryScope outer = MemoryScope.open();
    MemoryScope inner = MemoryScope.open();
    var error = assertThrows(IllegalStateException.class, outer::close);
    assertTrue(error.getMessage().contains("still open"), error.getMessage());
    Tensor x = Tensor.vector(1);
    assertThrows(IllegalStateException.class, () -> outer.keep(x));
    inner.close();
    inner.close();
    assertThrows(IllegalStateException.class, () -> inner.keep(Tensor.vector(1)));
    outer.close();
  }

  @Test
  void scopeBelongsToItsThread() throws Exception {
    try (MemoryScope scope = MemoryScope.open();
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<IllegalStateException> error =
          threads.submit(() -> assertThrows(IllegalStateException.class, scope::close));
      assertTrue(error.get().getMessage().contains("thread"));
      Future<Tensor> free = threads.submit(() -> Tensor.vector(4));
      assertEquals(0, scope.allocatedBytes());
      assertEquals(4, free.get().item());
    }
  }

  @Test
  void persistentCopyBelongsToNoScope() {
    Tensor copy;
    try (var scope = MemoryScope.open()) {
      copy = Tensor.vector(1, 2).persistentCopy();
      assertEquals(32, scope.allocatedBytes());
    }
    assertArrayEquals(new float[] {1, 2}, copy.toFloats());
  }
}
