package taut.core.kernels;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// One parallel loop while it runs: hands out its blocks, counts the ended ones, keeps the first
/// failure.
final class ParallelJob {
  /// How long a thread waits awake before it parks. A training step is a chain of kernels a few
  /// microseconds apart, and waking a parked thread costs more than most of these gaps.
  private static final long AWAKE_NANOS = 50_000;

  /// How much of that it spends without offering its core: the two threads that wait for each other
  /// may have been put on the same one when a machine is busy.
  private static final long SPIN_NANOS = 5_000;

  private final int blocks;
  private final IntConsumer body;
  private final Thread caller = Thread.currentThread();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  ParallelJob(int blocks, IntConsumer body) {
    this.blocks = blocks;
    this.body = body;
  }

  int blocks() {
    return blocks;
  }

  /// Lets a moment pass for a thread that waits since `start`, a value of `System.nanoTime()`.
  ///
  /// @return false, at once, if the thread has waited long enough to park
  @SuppressWarnings("ThreadPriorityCheck") // Yielding is for speed alone; nothing depends on it.
  static boolean stayAwake(long start) {
    long waited = System.nanoTime() - start;
    if (waited < SPIN_NANOS) {
      Thread.onSpinWait();
    } else if (waited < AWAKE_NANOS) {
      Thread.yield();
    }
    return waited < AWAKE_NANOS;
  }

  /// Tells whether a block is left to take.
  boolean hasBlocks() {
    return next.get() < blocks;
  }

  /// Takes and runs blocks until none is left to take. Whatever a block throws is kept for the
  /// caller.
  void runBlocks() {
    for (int block = next.getAndIncrement(); block < blocks; block = next.getAndIncrement()) {
      try {
        if (failure.get() == null) {
          body.accept(block);
        }
      } catch (Throwable thrown) {
        failure.compareAndSet(null, thrown);
      }
      if (ended.incrementAndGet() == blocks && Thread.currentThread() != caller) {
        LockSupport.unpark(caller);
      }
    }
  }

  /// Waits until every block has ended, whichever thread ran it.
  void awaitEnd() {
    long start = System.nanoTime();
    boolean interrupted = false;
    while (ended.get() < blocks) {
      if (!stayAwake(start)) {
        LockSupport.park(this);
        // An interrupted thread does not park. The loop has to end first; the flag is put back.
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      caller.interrupt();
    }
  }

  /// Throws what a block threw, if one did.
  void rethrow() {
    switch (failure.get()) {
      case null -> {}
      case RuntimeException exception -> throw exception;
      case Error error -> throw error;
      case Throwable checked -> throw new IllegalStateException("forEach: a block failed", checked);
    }
  }
}
