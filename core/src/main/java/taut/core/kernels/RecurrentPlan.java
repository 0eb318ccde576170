package taut.core.kernels;

/// The sizes of a run of a recurrent network over time.
///
/// Outputs are [steps, batch, units]; pre-activations, and the gates that become of them, [steps,
/// batch, gates, units].
///
/// @param steps the number of time steps
/// @param batch the number of samples
/// @param units the number of units
/// @param gates the number of gates of each unit
public record RecurrentPlan(int steps, int batch, int units, int gates) {
  /// The samples of a block: two tiles of a product, and half of a usual batch.
  private static final int BLOCK = 16;

  /// What is done for some samples.
  @FunctionalInterface
  interface Samples {
    /// Takes a block of samples through all steps.
    ///
    /// @param first the first sample
    /// @param rows the number of samples
    void run(int first, int rows);
  }

  /// Returns the number of gates of one sample at one step.
  int width() {
    return gates * units;
  }

  /// Returns the floating-point operations of the product with the recurrent kernel over all steps.
  double productFlops() {
    return 2.0 * steps * batch * units * width();
  }

  /// Runs blocks of samples, on several threads where that pays.
  ///
  /// Samples do not touch each other, so a few of them go through all the steps together, and such
  /// blocks never wait for each other. They follow from the batch size alone, so the results are
  /// the same bit for bit with any number of threads.
  void forEachBlock(Samples body) {
    int blocks = Math.ceilDiv(batch, BLOCK);
    if (productFlops() < BlockGrid.PARALLEL_FLOPS) {
      for (int block = 0; block < blocks; block++) {
        run(block, body);
      }
    } else {
      Parallel.forEach(blocks, block -> run(block, body));
    }
  }

  private void run(int block, Samples body) {
    int first = block * BLOCK;
    body.run(first, Math.min(BLOCK, batch - first));
  }
}
