package taut.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Runs trainings that have nothing to do with each other side by side, one on each processor.
///
/// Small networks keep one processor busy and no more. A model belongs to the thread that trains
/// it; results do not depend on how many threads there are.
final class Trials {
  private Trials() {}

  /// Returns the results, in the order of the trials.
  static <T> List<T> run(List<? extends Callable<T>> trials) throws Exception {
    int threads = Math.min(trials.size(), Runtime.getRuntime().availableProcessors());
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<T>> futures = new ArrayList<>();
      trials.forEach(trial -> futures.add(executor.submit(trial)));
      try {
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
          results.add(future.get());
        }
        return results;
      } catch (ExecutionException e) {
        executor.shutdownNow();
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    }
  }
}
