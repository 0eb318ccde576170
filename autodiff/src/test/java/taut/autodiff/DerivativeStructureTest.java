package taut.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.math3.analysis.differentiation.DerivativeStructure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import taut.core.DType;
import taut.core.Tensor;

/// Values and all partial derivatives to third order, against those that Apache Commons Math
/// computes by arithmetic of truncated Taylor expansions.
class DerivativeStructureTest {
  private static final int ORDER = 3;
  private static final double TOLERANCE = 1e-12;
  private static final double[][] POSITIVE = {{0.3, 0.7}, {0.85, 1.4}};
  private static final double[][] ANY = {{0.3, 0.7}, {0.85, 1.4}, {-0.6, 0.45}};

  /// A function of two variables in both systems, and the points at which they are compared.
  private record Case(
      String name,
      double[][] points,
      BinaryOperator<Tensor> ours,
      BinaryOperator<DerivativeStructure> theirs) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case unary(
      String name,
      double[][] points,
      UnaryOperator<Tensor> ours,
      UnaryOperator<DerivativeStructure> theirs) {
    return new Case(name, points, (x, y) -> ours.apply(x), (x, y) -> theirs.apply(x));
  }

  static Stream<Case> cases() {
    return Stream.concat(functions(), compositions());
  }

  private static Stream<Case> functions() {
    return Stream.of(
        unary("sin", ANY, x -> x.sin(), x -> x.sin()),
        unary("cos", ANY, x -> x.cos(), x -> x.cos()),
        unary("tan", ANY, x -> x.tan(), x -> x.tan()),
        unary("asin", ANY, x -> x.asin(), x -> x.asin()),
        unary("acos", ANY, x -> x.acos(), x -> x.acos()),
        unary("atan", ANY, x -> x.atan(), x -> x.atan()),
        unary("sinh", ANY, x -> x.sinh(), x -> x.sinh()),
        unary("cosh", ANY, x -> x.cosh(), x -> x.cosh()),
        unary("tanh", ANY, x -> x.tanh(), x -> x.tanh()),
        unary("exp", ANY, x -> x.exp(), x -> x.exp()),
        unary("expm1", ANY, x -> x.expm1(), x -> x.expm1()),
        unary("log", POSITIVE, x -> x.log(), x -> x.log()),
        unary("log1p", ANY, x -> x.log1p(), x -> x.log1p()),
        unary("sqrt", POSITIVE, x -> x.sqrt(), x -> x.sqrt()),
        unary("reciprocal", ANY, x -> x.reciprocal(), x -> x.reciprocal()),
        unary("square", ANY, x -> x.square(), x -> x.pow(2)),
        unary("power 2.5", POSITIVE, x -> x.pow(2.5), x -> x.pow(2.5)),
        unary("power -3", ANY, x -> x.pow(-3), x -> x.pow(-3)),
        unary("negative", ANY, x -> x.neg(), x -> x.negate()),
        unary("absolute", ANY, x -> x.abs(), x -> x.abs()),
        new Case("power", POSITIVE, (x, y) -> x.pow(y), (x, y) -> x.pow(y)),
        new Case("add", ANY, (x, y) -> x.add(y), (x, y) -> x.add(y)),
        new Case("subtract", ANY, (x, y) -> x.sub(y), (x, y) -> x.subtract(y)),
        new Case("multiply", ANY, (x, y) -> x.mul(y), (x, y) -> x.multiply(y)),
        new Case("divide", ANY, (x, y) -> x.div(y), (x, y) -> x.divide(y)));
  }

  private static Stream<Case> compositions() {
    return Stream.of(
        new Case(
            "exp(sin(x)·y) / (1 + x²)",
            ANY,
            (x, y) -> x.sin().mul(y).exp().div(x.square().add(1)),
            (x, y) -> x.sin().multiply(y).exp().divide(x.pow(2).add(1))),
        new Case(
            "tanh(x·y) · log1p(y²)",
            ANY,
            (x, y) -> x.mul(y).tanh().mul(y.square().log1p()),
            (x, y) -> x.multiply(y).tanh().multiply(y.pow(2).log1p())),
        new Case(
            "√(x² + y²) · atan(x / y)",
            ANY,
            (x, y) -> x.square().add(y.square()).sqrt().mul(x.div(y).atan()),
            (x, y) -> x.pow(2).add(y.pow(2)).sqrt().multiply(x.divide(y).atan())),
        new Case(
            "expm1(x) · cosh(y) - x / y",
            ANY,
            (x, y) -> x.expm1().mul(y.cosh()).sub(x.div(y)),
            (x, y) -> x.expm1().multiply(y.cosh()).subtract(x.divide(y))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void nestedTapes(Case function) {
    compare(function, DerivativeStructureTest::reverse);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void forwardOverReverse(Case function) {
    compare(function, DerivativeStructureTest::forward);
  }

  /// Differentiates a function by one variable after the other.
  private interface Derivative {
    Tensor of(BinaryOperator<Tensor> f, List<Tensor> inputs, List<Integer> variables);
  }

  private static void compare(Case function, Derivative derivative) {
    for (double[] point : function.points()) {
      var expected =
          function
              .theirs()
              .apply(
                  new DerivativeStructure(2, ORDER, 0, point[0]),
                  new DerivativeStructure(2, ORDER, 1, point[1]));
      List<Tensor> inputs =
          List.of(Tensor.scalar(point[0], DType.FLOAT64), Tensor.scalar(point[1], DType.FLOAT64));
      for (List<Integer> variables : sequences()) {
        int second = variables.stream().mapToInt(Integer::intValue).sum();
        double wanted = expected.getPartialDerivative(variables.size() - second, second);
        Tensor got = derivative.of(function.ours(), inputs, variables);
        assertEquals(
            wanted,
            got.item(),
            TOLERANCE * Math.abs(wanted),
            () -> "by variables " + variables + " at " + List.of(point[0], point[1]));
      }
    }
  }

  /// Returns all sequences of the variables 0 and 1 up to the highest order: mixed derivatives must
  /// not depend on their order.
  private static List<List<Integer>> sequences() {
    List<List<Integer>> all = new ArrayList<>();
    for (int order = 0; order <= ORDER; order++) {
      for (int bits = 0; bits < 1 << order; bits++) {
        List<Integer> variables = new ArrayList<>();
        for (int i = 0; i < order; i++) {
          variables.add(bits >> i & 1);
        }
        all.add(variables);
      }
    }
    return all;
  }

  private static Tensor reverse(
      BinaryOperator<Tensor> f, List<Tensor> inputs, List<Integer> variables) {
    if (variables.isEmpty()) {
      return f.apply(inputs.get(0), inputs.get(1));
    }
    try (var tape = new GradientTape()) {
      inputs.forEach(tape::watch);
      Tensor inner = reverse(f, inputs, variables.subList(1, variables.size()));
      return tape.gradient(inner, inputs.get(variables.get(0)), Unconnected.ZERO);
    }
  }

  private static Tensor forward(
      BinaryOperator<Tensor> f, List<Tensor> inputs, List<Integer> variables) {
    if (variables.isEmpty()) {
      return f.apply(inputs.get(0), inputs.get(1));
    }
    Tensor input = inputs.get(variables.get(0));
    try (var forward = new ForwardAccumulator()) {
      forward.watch(input, Tensor.scalar(1, DType.FLOAT64));
      Tensor inner = reverse(f, inputs, variables.subList(1, variables.size()));
      return forward.jvp(inner, Unconnected.ZERO);
    }
  }
}
