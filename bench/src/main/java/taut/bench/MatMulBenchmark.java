package taut.bench;

import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import taut.core.MemoryScope;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.ReferenceKernels;

/// Measures matrix products: squares, and those of the networks that Taut's studies train.
public class MatMulBenchmark extends BenchmarkSettings {
  /// Makes the benchmark; JMH does.
  public MatMulBenchmark() {}

  /// Computes op(A)·op(B) as a user does.
  @Benchmark
  public Tensor product(Shapes shapes, KernelThreads threads) {
    Product p = shapes.product;
    try (MemoryScope _ = MemoryScope.open()) {
      return p.a.matmul(p.b, p.transposeA, p.transposeB);
    }
  }

  /// Computes op(A)·op(B) with the textbook's loops.
  @Benchmark
  public Tensor productReference(SmallShapes shapes) {
    Product p = shapes.product;
    new ReferenceKernels()
        .matmul(
            p.m,
            p.n,
            p.k,
            p.a.storage(),
            0,
            p.transposeA,
            p.b.storage(),
            0,
            p.transposeB,
            p.out.storage(),
            0,
            false);
    return p.out;
  }

  static Work work(String method, UnaryOperator<String> parameter) {
    Product p = Product.of(parameter.apply("shape"));
    return Work.flops(2.0 * p.m * p.k * p.n);
  }

  /// The products that are measured: m × k × n, with a letter for each factor that is stored
  /// transposed.
  @State(Scope.Benchmark)
  public static class Shapes {
    /// The forward products of a layer with batch size 32 or 256, then the gradients of its kernel
    /// (A transposed) and of its input (B transposed).
    @Param({
      "64x64x64",
      "128x128x128",
      "256x256x256",
      "512x512x512",
      "1024x1024x1024",
      "2048x2048x2048",
      "32x784x200",
      "256x784x200",
      "784x32x200 A",
      "784x256x200 A",
      "32x200x784 B",
      "256x200x784 B",
      "32x500x1",
      "500x32x1 A",
      "30x2x500"
    })
    public String shape = "";

    private Product product = Product.of("0x0x0");

    /// Makes the state; JMH does.
    public Shapes() {}

    /// Draws the factors.
    @Setup
    public void draw() {
      product = Product.of(shape);
    }
  }

  /// The products that the reference ends in reasonable time.
  @State(Scope.Benchmark)
  public static class SmallShapes {
    /// See [Shapes].
    @Param({"64x64x64", "256x256x256", "32x784x200", "784x32x200 A", "32x200x784 B", "32x500x1"})
    public String shape = "";

    private Product product = Product.of("0x0x0");

    /// Makes the state; JMH does.
    public SmallShapes() {}

    /// Draws the factors.
    @Setup
    public void draw() {
      product = Product.of(shape);
    }
  }

  /// Two factors as they are stored, and room for their product.
  ///
  /// @param m the rows of op(A)
  /// @param k the columns of op(A), which are the rows of op(B)
  /// @param n the columns of op(B)
  /// @param transposeA whether A is stored as k × m
  /// @param transposeB whether B is stored as n × k
  /// @param a the left factor
  /// @param b the right factor
  /// @param out room for m × n elements
  public record Product(
      int m, int k, int n, boolean transposeA, boolean transposeB, Tensor a, Tensor b, Tensor out) {
    /// Draws the factors of a product such as `784x32x200 A`: m × k × n and the letters of the
    /// factors that are stored transposed.
    public static Product of(String shape) {
      String[] words = shape.split(" ", -1);
      String[] sizes = words[0].split("x", -1);
      int m = Integer.parseInt(sizes[0]);
      int k = Integer.parseInt(sizes[1]);
      int n = Integer.parseInt(sizes[2]);
      boolean transposeA = words.length > 1 && words[1].contains("A");
      boolean transposeB = words.length > 1 && words[1].contains("B");
      RandomStream random = RandomStream.of(1);
      Tensor a = random.normal(transposeA ? Shape.of(k, m) : Shape.of(m, k), 0, 1);
      Tensor b = random.normal(transposeB ? Shape.of(n, k) : Shape.of(k, n), 0, 1);
      Tensor out = Tensor.allocate(new TensorSpec(Shape.of(m, n), a.dtype()));
      return new Product(m, k, n, transposeA, transposeB, a, b, out);
    }
  }
}
