package taut.peers;

import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.mkl.global.mkl_rt;
import org.bytedeco.openblas.global.openblas;
import taut.bench.MatMulBenchmark;
import taut.core.Tensor;

/// A BLAS: matrix products in native memory, into an array that is there already.
final class BlasPeer implements Peer {
  /// cblas_sgemm.
  @FunctionalInterface
  private interface Sgemm {
    void run(
        int order,
        int transposeA,
        int transposeB,
        int m,
        int n,
        int k,
        float alpha,
        FloatPointer a,
        int strideA,
        FloatPointer b,
        int strideB,
        float beta,
        FloatPointer c,
        int strideC);
  }

  private static final int ROW_MAJOR = 101;
  private static final int AS_STORED = 111;
  private static final int TRANSPOSED = 112;

  private final Sgemm sgemm;

  private BlasPeer(Sgemm sgemm) {
    this.sgemm = sgemm;
  }

  /// Loads Intel's library.
  static Peer mkl(int threads) {
    mkl_rt.MKL_Set_Dynamic(0);
    mkl_rt.MKL_Set_Num_Threads(threads);
    return new BlasPeer(mkl_rt::cblas_sgemm);
  }

  /// Loads OpenBLAS.
  static Peer openBlas(int threads) {
    openblas.blas_set_num_threads(threads);
    return new BlasPeer(openblas::cblas_sgemm);
  }

  @Override
  public Optional<Task> prepare(Exercise exercise) {
    return exercise instanceof Exercise.Product(MatMulBenchmark.Product factors)
        ? Optional.of(new Product(sgemm, factors))
        : Optional.empty();
  }

  private static final class Product implements Task {
    private final Sgemm sgemm;
    private final MatMulBenchmark.Product factors;
    private final FloatPointer a;
    private final FloatPointer b;
    private final FloatPointer c;

    Product(Sgemm sgemm, MatMulBenchmark.Product factors) {
      this.sgemm = sgemm;
      this.factors = factors;
      a = copy(factors.a());
      b = copy(factors.b());
      c = copy(factors.out());
    }

    private static FloatPointer copy(Tensor tensor) {
      return new FloatPointer(tensor.toFloats());
    }

    @Override
    public Object run() {
      sgemm.run(
          ROW_MAJOR,
          factors.transposeA() ? TRANSPOSED : AS_STORED,
          factors.transposeB() ? TRANSPOSED : AS_STORED,
          factors.m(),
          factors.n(),
          factors.k(),
          1,
          a,
          factors.a().dim(1),
          b,
          factors.b().dim(1),
          0,
          c,
          factors.n());
      return c;
    }

    @Override
    public float[] result() {
      run();
      float[] elements = new float[factors.m() * factors.n()];
      c.get(elements);
      return elements;
    }
  }
}
