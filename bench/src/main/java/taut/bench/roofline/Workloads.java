package taut.bench.roofline;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import taut.autodiff.GradientTape;
import taut.autodiff.Variable;
import taut.core.MemoryScope;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.kernels.StepTerms;
import taut.core.kernels.VectorAdam;
import taut.core.ops.Convolution;
import taut.core.ops.Window;
import taut.regularizers.Penalty;
import taut.regularizers.Regularizer;

/// Makes the workloads of [HotKernel]: each calls Taut as a user does, inside a memory scope.
final class Workloads {
  private static final int BATCH = 32;
  private static final int WINDOW = 3;

  /// The operations of `VectorMath.exp`, of its variant for softmax, and of `tanh`.
  private static final int EXP_FLOPS = 21;

  private static final int SOFTMAX_EXP_FLOPS = 20;
  private static final int TANH_FLOPS = 24;

  /// What cross-entropy does for an element besides: maximum, difference and sum, forward and
  /// backward, and the gradient's factor.
  private static final int CROSS_ENTROPY_FLOPS = 7;

  /// See the formulas of [VectorAdam].
  private static final int ADAM_FLOPS = 13;

  private Workloads() {}

  static Workload product(int m, int k, int n) {
    double floats = (double) m * k + (double) k * n + (double) m * n;
    return new Workload(
        2.0 * m * k * n,
        floats * Float.BYTES,
        () -> {
          Tensor a = normal(m, k);
          Tensor b = normal(k, n);
          return scoped(() -> a.matmul(b));
        });
  }

  static Workload convolution(int side, int channels, int filters) {
    return convolution(
        side,
        channels,
        filters,
        () -> {
          Tensor x = normal(BATCH, side, side, channels);
          Tensor kernel = normal(WINDOW, WINDOW, channels, filters);
          return scoped(() -> forward().apply(x, kernel));
        });
  }

  static Workload convolutionKernelGradient(int side, int channels, int filters) {
    return convolution(
        side,
        channels,
        filters,
        () -> {
          Tensor x = normal(BATCH, side, side, channels);
          Tensor cotangent = normal(BATCH, inner(side), inner(side), filters);
          Shape kernel = Shape.of(WINDOW, WINDOW, channels, filters);
          return scoped(
              () -> new Convolution.KernelGradient(forward(), kernel).apply(x, cotangent));
        });
  }

  static Workload convolutionInputGradient(int side, int channels, int filters) {
    return convolution(
        side,
        channels,
        filters,
        () -> {
          Tensor cotangent = normal(BATCH, inner(side), inner(side), filters);
          Tensor kernel = normal(WINDOW, WINDOW, channels, filters);
          Shape x = Shape.of(BATCH, side, side, channels);
          return scoped(() -> new Convolution.InputGradient(forward(), x).apply(cotangent, kernel));
        });
  }

  /// All three read or write the same arrays, and do the same multiplications.
  private static Workload convolution(
      int side, int channels, int filters, Supplier<Supplier<Object>> prepare) {
    double input = (double) BATCH * side * side * channels;
    double kernel = (double) WINDOW * WINDOW * channels * filters;
    double pixels = (double) BATCH * inner(side) * inner(side);
    return new Workload(
        2 * pixels * kernel, (input + kernel + pixels * filters) * Float.BYTES, prepare);
  }

  private static Convolution forward() {
    return new Convolution(Window.of(WINDOW, WINDOW), 1);
  }

  private static int inner(int side) {
    return side - WINDOW + 1;
  }

  static Workload exp(int length) {
    return function(EXP_FLOPS, 2, Tensor::exp, length);
  }

  static Workload tanh(int length) {
    return function(TANH_FLOPS, 2, Tensor::tanh, length);
  }

  /// Applies a function to a tensor with such dimensions.
  ///
  /// @param flopsEach its operations for each element
  /// @param floatsEach what it reads and writes for each element
  private static Workload function(
      int flopsEach, int floatsEach, UnaryOperator<Tensor> function, int... dims) {
    return Workload.ofElements(
        Shape.of(dims).size(),
        flopsEach,
        floatsEach,
        () -> {
          Tensor x = normal(dims);
          return scoped(() -> function.apply(x));
        });
  }

  static Workload crossEntropy(int rows, int classes) {
    return Workload.ofElements(
        (long) rows * classes,
        CROSS_ENTROPY_FLOPS + 2 * SOFTMAX_EXP_FLOPS,
        2,
        () -> {
          Tensor logits = normal(rows, classes);
          Tensor labels = Tensor.of(Shape.of(rows), new int[rows]);
          return () -> {
            try (MemoryScope _ = MemoryScope.open();
                GradientTape tape = new GradientTape()) {
              tape.watch(logits);
              return tape.gradient(logits.sparseSoftmaxCrossEntropy(labels).mean(), logits);
            }
          };
        });
  }

  static Workload sum(int length) {
    return function(1, 1, x -> x.sum(), length);
  }

  static Workload sums(int rows, int columns, int axis) {
    return function(1, 1, x -> x.sum(axis), rows, columns);
  }

  static Workload bias(int rows, int columns) {
    return Workload.ofElements(
        (long) rows * columns,
        1,
        2,
        () -> {
          Tensor x = normal(rows, columns);
          Tensor bias = normal(columns);
          return scoped(() -> x.add(bias));
        });
  }

  /// Reads the weights for the value, reads them again for the gradient, and writes that.
  static Workload penalty(Regularizer regularizer, int flopsEach, int length) {
    return Workload.ofElements(
        length,
        flopsEach,
        3,
        () -> {
          Variable weights = Variable.trainable("weights", normal(length));
          return () -> {
            try (MemoryScope _ = MemoryScope.open();
                GradientTape tape = new GradientTape()) {
              Tensor value = Penalty.of("bench", "kernel", regularizer, weights.value()).value();
              return tape.gradient(value, weights);
            }
          };
        });
  }

  /// Reads weights, gradient and both moments; writes all but the gradient.
  static Workload adam(int length) {
    return Workload.ofElements(
        length,
        ADAM_FLOPS,
        7,
        () -> {
          float[] w = normal(length).toFloats();
          float[] g = normal(length).toFloats();
          float[] m = new float[length];
          float[] v = new float[length];
          return () -> {
            VectorAdam.adam(
                w, 0, g, 0, m, 0, v, 0, length, 0.001f, 0.1f, 0.001f, 1e-7f, StepTerms.PLAIN);
            return w;
          };
        });
  }

  private static Tensor normal(int... dims) {
    return RandomStream.of(1).normal(Shape.of(dims), 0, 1);
  }

  private static Supplier<Object> scoped(Supplier<Tensor> call) {
    return () -> {
      try (MemoryScope _ = MemoryScope.open()) {
        return call.get();
      }
    };
  }
}
