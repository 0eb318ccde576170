package taut.bench;

import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import taut.autodiff.GradientTape;
import taut.autodiff.Variable;
import taut.core.MemoryScope;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.regularizers.L1;
import taut.regularizers.L1L2;
import taut.regularizers.L2;
import taut.regularizers.Penalty;
import taut.regularizers.Regularizer;

/// Measures penalties of weights: the value alone, and value and gradient through a tape as a
/// training step computes them.
@State(Scope.Benchmark)
public class PenaltyBenchmark extends BenchmarkSettings {
  /// The factor λ of every penalty.
  public static final double STRENGTH = 0.02;

  /// The number of weights.
  @Param({"10000", "1000000", "10000000"})
  public int weights;

  private final Regularizer l1 = new L1(STRENGTH);
  private final Regularizer l2 = new L2(STRENGTH);
  private final Regularizer l1l2 = new L1L2(STRENGTH, STRENGTH);
  private final Regularizer mixed = w -> w.square().mul(STRENGTH).add(w.abs().mul(STRENGTH)).sum();
  private final Regularizer custom = w -> w.square().sum().mul(STRENGTH);
  private Variable variable = Variable.trainable("weights", Tensor.zeros(0));
  private float[] elements = {};
  private float[] gradient = {};

  /// Makes the benchmark; JMH does.
  public PenaltyBenchmark() {}

  /// Draws the weights.
  @Setup
  public void draw() {
    variable = Variable.trainable("weights", drawWeights(weights));
    elements = variable.value().toFloats();
    gradient = new float[weights];
  }

  /// Draws so many weights.
  public static Tensor drawWeights(int count) {
    return RandomStream.of(1).normal(Shape.of(count), 0, 0.1);
  }

  /// Computes λ·Σ|w|.
  @Benchmark
  public double l1Value(KernelThreads threads) {
    return value(l1);
  }

  /// Computes λ·Σw².
  @Benchmark
  public double l2Value(KernelThreads threads) {
    return value(l2);
  }

  private double value(Regularizer regularizer) {
    try (MemoryScope _ = MemoryScope.open()) {
      return regularizer.penalty(variable.value()).item();
    }
  }

  /// Computes λ·Σ|w| and its gradient.
  @Benchmark
  public Tensor l1Gradient(KernelThreads threads) {
    return gradient(l1);
  }

  /// Computes λ·Σw² and its gradient.
  @Benchmark
  public Tensor l2Gradient(KernelThreads threads) {
    return gradient(l2);
  }

  /// Computes λ·Σw² and its gradient, written as the usual lambda: one operation for each step of
  /// the formula.
  @Benchmark
  public Tensor lambdaGradient(KernelThreads threads) {
    return gradient(custom);
  }

  /// Computes λ·Σ|w| + λ·Σw² and its gradient.
  @Benchmark
  public Tensor l1l2Gradient(KernelThreads threads) {
    return gradient(l1l2);
  }

  /// Computes Σ(λ|w| + λw²) and its gradient, written as a lambda.
  @Benchmark
  public Tensor mixedLambdaGradient(KernelThreads threads) {
    return gradient(mixed);
  }

  private Tensor gradient(Regularizer regularizer) {
    try (MemoryScope _ = MemoryScope.open();
        GradientTape tape = new GradientTape()) {
      // As a layer's penalty is computed.
      Tensor penalty = Penalty.of("bench", "kernel", regularizer, variable.value()).value();
      return tape.gradient(penalty, variable);
    }
  }

  /// Computes λ·Σw² and its gradient in one plain loop over arrays.
  @Benchmark
  public double l2GradientReference() {
    double sum = 0;
    float slope = (float) (2 * STRENGTH);
    for (int i = 0; i < weights; i++) {
      sum += elements[i] * elements[i];
      gradient[i] = slope * elements[i];
    }
    return STRENGTH * sum;
  }

  /// Computes λ·Σ|w| and its gradient in one plain loop over arrays.
  @Benchmark
  public double l1GradientReference() {
    double sum = 0;
    float slope = (float) STRENGTH;
    for (int i = 0; i < weights; i++) {
      sum += Math.abs(elements[i]);
      gradient[i] = slope * Math.signum(elements[i]);
    }
    return STRENGTH * sum;
  }

  /// The value reads the weights once; value and gradient read them twice and write the gradient.
  static Work work(String method, UnaryOperator<String> parameter) {
    int passes = method.contains("Gradient") ? 3 : 1;
    return Work.bytes(passes * Double.parseDouble(parameter.apply("weights")) * Float.BYTES);
  }
}
