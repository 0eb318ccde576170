package taut.core.kernels;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A thread that helps with parallel loops: it spins for a moment when it has nothing to do, then
/// parks until the next offer.
final class ParallelWorker extends Thread {
  private volatile @Nullable ParallelJob job;
  private volatile boolean parked;
  private volatile boolean retired;

  ParallelWorker(String name) {
    super(name);
    setDaemon(true);
  }

  /// Asks this worker to take part in `job`.
  void offer(ParallelJob offered) {
    job = offered;
    wake();
  }

  /// Takes the offer back once its loop has ended, so that this worker keeps no array alive.
  void withdraw() {
    job = null;
  }

  /// Lets the thread end.
  void retire() {
    retired = true;
    wake();
  }

  @Override
  public void run() {
    long idleSince = System.nanoTime();
    while (!retired) {
      ParallelJob offered = job;
      if (offered != null && offered.hasBlocks()) {
        offered.runBlocks();
        idleSince = System.nanoTime();
      } else if (!ParallelJob.stayAwake(idleSince)) {
        parkUntilOffered();
      }
    }
  }

  private void parkUntilOffered() {
    // First say so, then look again: either this thread sees the offer, or wake() sees the flag.
    parked = true;
    if (job == null && !retired) {
      LockSupport.park(this);
    }
    parked = false;
  }

  private void wake() {
    if (parked) {
      LockSupport.unpark(this);
    }
  }
}
