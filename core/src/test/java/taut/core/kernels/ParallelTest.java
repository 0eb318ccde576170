package taut.core.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ParallelTest {
  private static final int DEFAULT_THREADS = Parallel.threads();

  @AfterEach
  void restoreThreads() {
    Parallel.setThreads(DEFAULT_THREADS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void everyBlockRunsOnce(int threads) {
    Parallel.setThreads(threads);
    for (int blocks = 0; blocks < 200; blocks++) {
      int[] runs = new int[blocks];
      Parallel.forEach(blocks, block -> runs[block]++);
      for (int block = 0; block < blocks; block++) {
        assertEquals(1, runs[block], "runs of block " + block + " of " + blocks);
      }
    }
  }

  @Test
  void twoThreadsWorkTogether() {
    Parallel.setThreads(2);
    meet();
  }

  /// Two blocks wait for each other, which takes two threads.
  private static void meet() {
    CountDownLatch both = new CountDownLatch(2);
    Parallel.forEach(
        2,
        block -> {
          both.countDown();
          assertTrue(await(both), "the second thread never came");
        });
  }

  @Test
  void aWorkerThatParkedComesBack() throws InterruptedException {
    Parallel.setThreads(2);
    for (int round = 0; round < 20; round++) {
      meet();
      Thread.sleep(2); // longer than a worker spins
    }
  }

  @Test
  void aNestedLoopRunsOnItsThread() {
    Parallel.setThreads(2);
    AtomicInteger inner = new AtomicInteger();
    Parallel.forEach(
        4,
        block -> {
          Thread outer = Thread.currentThread();
          Parallel.forEach(
              5,
              nested -> {
                assertSame(outer, Thread.currentThread());
                inner.incrementAndGet();
              });
        });
    assertEquals(20, inner.get());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void anExceptionReachesTheCallerAndThePoolStaysUsable(int threads) {
    Parallel.setThreads(threads);
    for (int failing = 0; failing < 16; failing++) {
      int bad = failing;
      var error =
          assertThrows(
              ArithmeticException.class,
              () ->
                  Parallel.forEach(
                      16,
                      block -> {
                        if (block == bad) {
                          throw new ArithmeticException("block " + block);
                        }
                      }));
      assertEquals("block " + bad, error.getMessage());
    }
    everyBlockRunsOnce(threads);
  }

  @Test
  void manyCallingThreadsGetTheirOwnResults() throws InterruptedException {
    Parallel.setThreads(3);
    int callers = 8;
    AtomicIntegerArray sums = new AtomicIntegerArray(callers);
    List<Thread> running = new ArrayList<>();
    for (int caller = 0; caller < callers; caller++) {
      int me = caller;
      running.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int round = 0; round < 2000; round++) {
                  int[] values = new int[7];
                  Parallel.forEach(7, block -> values[block] = block + 1);
                  for (int value : values) {
                    sums.addAndGet(me, value);
                  }
                }
              }));
    }
    for (Thread thread : running) {
      thread.join();
    }
    for (int caller = 0; caller < callers; caller++) {
      assertEquals(2000 * 28, sums.get(caller));
    }
  }

  @Test
  void anInterruptedCallerStillGetsItsResultAndStaysInterrupted() {
    Parallel.setThreads(2);
    CountDownLatch both = new CountDownLatch(2);
    AtomicInteger ended = new AtomicInteger();
    Thread caller = Thread.currentThread();
    Parallel.forEach(
        2,
        block -> {
          both.countDown();
          await(both);
          if (Thread.currentThread() == caller) {
            caller.interrupt();
          } else {
            pause();
          }
          ended.incrementAndGet();
        });
    assertTrue(Thread.interrupted());
    assertEquals(2, ended.get());
  }

  @Test
  void theNumberOfThreadsCanChangeAnyTime() {
    for (int round = 0; round < 50; round++) {
      Parallel.setThreads(1 + round % 5);
      assertEquals(1 + round % 5, Parallel.threads());
      AtomicInteger sum = new AtomicInteger();
      Parallel.forEach(9, sum::addAndGet);
      assertEquals(36, sum.get());
    }
  }

  @Test
  void badArgumentsAreRefused() {
    var threads = assertThrows(IllegalArgumentException.class, () -> Parallel.setThreads(0));
    assertTrue(threads.getMessage().contains("got 0"), threads.getMessage());
    var blocks =
        assertThrows(IllegalArgumentException.class, () -> Parallel.forEach(-1, block -> {}));
    assertTrue(blocks.getMessage().contains("got -1"), blocks.getMessage());
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
