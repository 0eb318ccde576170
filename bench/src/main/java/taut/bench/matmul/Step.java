package taut.bench.matmul;

import taut.core.kernels.VectorMatMul;

/// The steps of the page, in its order.
public enum Step {
  /// See [NaiveLoops].
  NAIVE(1, NaiveLoops::multiply),
  /// See [LoopOrder].
  LOOP_ORDER(1, LoopOrder::multiply),
  /// See [VectorLoop].
  SIMD(1, VectorLoop::multiply),
  /// See [OneSum].
  ONE_SUM(1, OneSum::multiply),
  /// See [RegisterTile].
  REGISTER_TILE(1, RegisterTile::multiply),
  /// See [PackedPanels].
  PACKING(1, PackedPanels::multiply),
  /// What Taut computes with, on one thread; see [VectorMatMul].
  LIBRARY(1, Step::library),
  /// See [ManyThreads].
  THREADS(2, ManyThreads::multiply),
  /// What Taut computes with, on two threads.
  LIBRARY_THREADS(2, Step::library);

  private final int threads;
  private final MatrixProduct product;

  Step(int threads, MatrixProduct product) {
    this.threads = threads;
    this.product = product;
  }

  /// Returns how many threads the step is measured with.
  public int threads() {
    return threads;
  }

  /// Returns the kernel.
  public MatrixProduct product() {
    return product;
  }

  private static void library(int m, int n, int k, float[] a, float[] b, float[] c) {
    VectorMatMul.multiply(m, n, k, a, 0, false, b, 0, false, c, 0, false);
  }
}
