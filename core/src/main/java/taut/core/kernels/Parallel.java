package taut.core.kernels;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/// Runs the blocks of a kernel on several threads.
///
/// A kernel cuts its work into blocks whose borders follow from the shapes alone, never from the
/// number of threads, and combines partial results in block order; so the result is the same bit
/// for bit on any machine. Which thread runs which block is left to chance.
///
/// One loop runs in parallel at a time. A loop inside a block, and a loop that another thread
/// starts meanwhile, run on the thread that called them: the cores are busy already, and nobody
/// waits for a lock. Workers are daemon threads, started by the first loop that needs them.
public final class Parallel {
  private static final AtomicBoolean BUSY = new AtomicBoolean();

  /// The running workers; read and written only by the thread that holds [#BUSY].
  private static final ArrayDeque<ParallelWorker> WORKERS = new ArrayDeque<>();

  private static volatile int threads = checkThreads(initialThreads());

  private Parallel() {}

  /// Returns how many threads a parallel loop uses, the calling one included.
  ///
  /// The default is the number of processors, or the system property `taut.threads`.
  public static int threads() {
    return threads;
  }

  /// Sets how many threads a parallel loop uses from its next start on, the calling one included.
  ///
  /// @throws IllegalArgumentException if `count` is below 1
  public static void setThreads(int count) {
    threads = checkThreads(count);
  }

  /// Runs `body` for every block from 0 to `blocks - 1`, each exactly once, in no particular order,
  /// and returns when all have ended. What the blocks wrote is visible to the caller.
  ///
  /// The first exception that a block throws reaches the caller, unwrapped, after the blocks
  /// already started have ended; blocks not yet started are then skipped.
  ///
  /// @throws IllegalArgumentException if `blocks` is negative
  public static void forEach(int blocks, IntConsumer body) {
    if (blocks < 0) {
      throw new IllegalArgumentException("forEach: blocks must be at least 0, got " + blocks);
    }
    boolean alone = blocks < 2 || threads == 1 || Thread.currentThread() instanceof ParallelWorker;
    if (alone || !BUSY.compareAndSet(false, true)) {
      for (int block = 0; block < blocks; block++) {
        body.accept(block);
      }
      return;
    }
    try {
      hire(threads - 1);
      share(new ParallelJob(blocks, body));
    } finally {
      BUSY.set(false);
    }
  }

  private static void share(ParallelJob job) {
    int wanted = job.blocks() - 1;
    for (ParallelWorker worker : WORKERS) {
      if (wanted-- == 0) {
        break;
      }
      worker.offer(job);
    }
    job.runBlocks();
    job.awaitEnd();
    for (ParallelWorker worker : WORKERS) {
      worker.withdraw();
    }
    job.rethrow();
  }

  private static void hire(int count) {
    while (WORKERS.size() > count) {
      WORKERS.removeLast().retire();
    }
    while (WORKERS.size() < count) {
      ParallelWorker worker = new ParallelWorker("taut-worker-" + (WORKERS.size() + 1));
      worker.start();
      WORKERS.addLast(worker);
    }
  }

  private static int initialThreads() {
    String property = System.getProperty("taut.threads");
    if (property == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    try {
      return Integer.parseInt(property.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "taut.threads: wanted a whole number of at least 1, got '" + property + "'", e);
    }
  }

  private static int checkThreads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "setThreads: the number of threads must be at least 1, got " + count);
    }
    return count;
  }
}
