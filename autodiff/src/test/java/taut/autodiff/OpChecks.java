package taut.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import taut.core.DType;
import taut.core.NoDerivativeException;
import taut.core.Op;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// What is checked of every op on every case.
final class OpChecks {
  private static final double STEP = 1e-5;
  private static final int DIRECTIONS = 2;

  private final OpCase opCase;
  private final Op op;
  private final Tensor[] inputs;
  private final Draw draw;

  OpChecks(OpCase opCase, long seed) {
    this.opCase = opCase;
    this.op = opCase.op();
    this.inputs = opCase.inputs(DType.FLOAT64);
    this.draw = new Draw(seed);
  }

  /// FLOAT32, which runs the vector kernels, agrees with FLOAT64, which always runs the reference.
  void precisions() {
    Tensor single = op.apply(opCase.inputs(DType.FLOAT32));
    Tensor precise = op.apply(opCase.roundedInputs());
    assertEquals(precise.shape(), single.shape());
    double[] wanted = precise.toDoubles();
    double scale = Arrays.stream(wanted).map(Math::abs).filter(Double::isFinite).max().orElse(0);
    if (single.dtype() == DType.FLOAT32) {
      assertArrayEquals(wanted, single.toDoubles(), 1e-5 * Math.max(1, scale));
    } else {
      assertArrayEquals(wanted, single.toDoubles());
    }
  }

  /// What infer promises is what comes out.
  void inference() {
    TensorSpec[] specs = Arrays.stream(inputs).map(Tensor::spec).toArray(TensorSpec[]::new);
    assertEquals(op.infer(specs), op.apply(inputs).spec());
  }

  /// Both derivatives agree with central differences along random directions, and with each other,
  /// or both are refused.
  void derivatives() {
    Tensor output = op.apply(inputs);
    for (int i = 0; i < inputs.length; i++) {
      if (inputs[i].dtype().isFloating() && output.dtype().isFloating()) {
        for (int d = 0; d < DIRECTIONS; d++) {
          derivative(i, output);
        }
      } else {
        int input = i;
        assertThrows(NoDerivativeException.class, () -> op.vjp(input, inputs, output, output));
        assertThrows(
            NoDerivativeException.class, () -> op.jvp(input, inputs, output, inputs[input]));
      }
    }
  }

  private void derivative(int input, Tensor output) {
    Tensor cotangent = draw.like(output).cast(output.dtype());
    Tensor tangent = draw.like(inputs[input]);
    Tensor back = op.vjp(input, inputs, output, cotangent);
    Tensor forth = op.jvp(input, inputs, output, tangent);
    assertEquals(inputs[input].spec(), back.spec());
    assertEquals(output.spec(), forth.spec());
    double reverse = dot(back, tangent);
    double forward = dot(forth, cotangent);
    double scale = 1 + magnitude(forth, cotangent);
    double rounding = output.dtype() == DType.FLOAT32 ? 1e-6 : 1e-11;
    assertEquals(reverse, forward, rounding * scale, "vjp and jvp of input " + input);
    boolean movable = inputs[input].size() > 0;
    if (!movable || op.blocksGradients() || output.dtype() == DType.FLOAT32) {
      return;
    }
    double slope = slope(xs -> dot(op.apply(xs), cotangent), inputs, input, tangent);
    assertEquals(slope, reverse, 1e-7 * scale, "vjp of input " + input + " and difference");
  }

  /// The gradient of a gradient agrees with central differences of the gradient, whether it is
  /// taken by two tapes or by a tape over an accumulator or the other way round.
  void secondOrder() {
    Tensor output = op.apply(inputs);
    if (output.dtype() != DType.FLOAT64 || op.blocksGradients()) {
      return;
    }
    Tensor weights = draw.like(output);
    Tensor[] vectors = Arrays.stream(inputs).map(draw::like).toArray(Tensor[]::new);
    List<Integer> sources = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      if (inputs[i].dtype().isFloating()) {
        sources.add(i);
      }
    }
    if (sources.isEmpty()) {
      return;
    }
    Function<Tensor[], Tensor> byTape = xs -> directional(xs, sources, vectors, weights);
    Function<Tensor[], Tensor> byAccumulator = xs -> forward(xs, sources, vectors, weights);
    List<Tensor> reverse = gradients(byTape, sources);
    List<Tensor> mixed = gradients(byAccumulator, sources);
    for (int s = 0; s < sources.size(); s++) {
      int input = sources.get(s);
      Tensor direction = draw.like(inputs[input]);
      if (direction.size() == 0) {
        continue;
      }
      double slope = slope(xs -> byTape.apply(xs).item(), inputs, input, direction);
      double scale = 1 + magnitude(reverse.get(s), direction);
      assertEquals(
          slope, dot(reverse.get(s), direction), 1e-6 * scale, "tape over tape, input " + input);
      assertEquals(
          slope,
          dot(mixed.get(s), direction),
          1e-6 * scale,
          "tape over accumulator, input " + input);
    }
    assertForwardOverReverse(sources, vectors, weights, reverse);
  }

  /// Hessians are symmetric: moving the gradient along the vectors gives the gradient of its
  /// product with them.
  private void assertForwardOverReverse(
      List<Integer> sources, Tensor[] vectors, Tensor weights, List<Tensor> wanted) {
    try (ForwardAccumulator forward = new ForwardAccumulator()) {
      sources.forEach(i -> forward.watch(inputs[i], vectors[i]));
      List<Tensor> gradient = gradients(xs -> op.apply(xs).mul(weights).sum(), sources);
      for (int s = 0; s < sources.size(); s++) {
        double[] got = forward.jvp(gradient.get(s), Unconnected.ZERO).toDoubles();
        double[] expected = wanted.get(s).toDoubles();
        double scale = 1 + Arrays.stream(expected).map(Math::abs).max().orElse(0);
        assertArrayEquals(expected, got, 1e-9 * scale, "accumulator over tape, input " + s);
      }
    }
  }

  private List<Tensor> gradients(Function<Tensor[], Tensor> f, List<Integer> sources) {
    List<Tensor> watched = sources.stream().map(i -> inputs[i]).distinct().toList();
    try (GradientTape tape = new GradientTape()) {
      watched.forEach(tape::watch);
      List<Tensor> all = sources.stream().map(i -> inputs[i]).toList();
      return tape.gradients(f.apply(inputs), all, Unconnected.ZERO);
    }
  }

  /// The product of the gradient with vectors, by an inner tape.
  private Tensor directional(Tensor[] xs, List<Integer> sources, Tensor[] vectors, Tensor weights) {
    try (GradientTape tape = new GradientTape()) {
      sources.forEach(i -> tape.watch(xs[i]));
      Tensor y = op.apply(xs).mul(weights).sum();
      List<Tensor> all = sources.stream().map(i -> xs[i]).toList();
      List<Tensor> gradients = tape.gradients(y, all, Unconnected.ZERO);
      Tensor sum = Tensor.scalar(0, DType.FLOAT64);
      for (int s = 0; s < gradients.size(); s++) {
        sum = sum.add(gradients.get(s).mul(vectors[sources.get(s)]).sum());
      }
      return sum;
    }
  }

  /// The same by an accumulator.
  private Tensor forward(Tensor[] xs, List<Integer> sources, Tensor[] vectors, Tensor weights) {
    try (ForwardAccumulator forward = new ForwardAccumulator()) {
      sources.forEach(i -> forward.watch(xs[i], vectors[i]));
      return forward.jvp(op.apply(xs), Unconnected.ZERO).mul(weights).sum();
    }
  }

  private static double slope(
      Function<Tensor[], Double> f, Tensor[] xs, int input, Tensor direction) {
    Tensor[] above = xs.clone();
    Tensor[] below = xs.clone();
    above[input] = xs[input].add(direction.mul(STEP));
    below[input] = xs[input].sub(direction.mul(STEP));
    return (f.apply(above) - f.apply(below)) / (2 * STEP);
  }

  private static double dot(Tensor a, Tensor b) {
    return a.mul(b.cast(a.dtype())).sum().item();
  }

  private static double magnitude(Tensor a, Tensor b) {
    return a.mul(b.cast(a.dtype())).abs().sum().item();
  }
}
