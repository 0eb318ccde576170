package taut.regularizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import taut.autodiff.GradientCheck;
import taut.autodiff.GradientTape;
import taut.autodiff.Unconnected;
import taut.core.DType;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;

class RegularizersTest {
  private static final Tensor X = Tensor.vector(3, -4, 0);

  private static List<Regularizer> all() {
    return List.of(
        new L1(0.3),
        new L2(0.3),
        new HalfL2(0.3),
        new L1L2(0.2, 0.3),
        new L1L2(0, 0.3),
        new Orthogonal(0.3, Orthogonal.Mode.ROWS),
        new Orthogonal(0.3, Orthogonal.Mode.COLUMNS),
        new L1(0.1).plus(w -> w.square().sum().mul(0.02)),
        new L2(0.1).scaled(3));
  }

  private static List<Regularizer> zeros() {
    return List.of(
        new L1(0),
        new L2(0),
        new HalfL2(0),
        new L1L2(0, 0),
        new Orthogonal(0, Orthogonal.Mode.ROWS),
        Regularizer.none(),
        new L2(1).scaled(0),
        Regularizer.none().scaled(2),
        new L1(0).plus(new L2(0)));
  }

  @Test
  void valuesFollowTheFormulas() {
    assertEquals(0.5 * 7, new L1(0.5).penalty(X).item(), 1e-6);
    assertEquals(0.5 * 25, new L2(0.5).penalty(X).item(), 1e-6);
    assertEquals(0.25 * 25, new HalfL2(0.5).penalty(X).item(), 1e-6);
    assertEquals(0.1 * 7 + 0.2 * 25, new L1L2(0.1, 0.2).penalty(X).item(), 1e-6);
    assertEquals(0.01, new L1().lambda());
    assertEquals(0.01, new L2().lambda());
    assertEquals(0.01, new Orthogonal(Orthogonal.Mode.ROWS).factor());
  }

  @ParameterizedTest
  @MethodSource("all")
  void gradientsAgreeWithDifferences(Regularizer regularizer) {
    RandomStream random = RandomStream.of(7);
    for (Shape shape : List.of(Shape.of(4, 3), Shape.of(2, 5), Shape.of(1, 3), Shape.of(3, 1))) {
      Tensor x = random.normal(shape, 0, 1);
      GradientCheck.check(inputs -> regularizer.penalty(inputs.getFirst()), x).orThrow();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void keepsTheElementType(Regularizer regularizer) {
    Tensor x = RandomStream.of(7).normal(Shape.of(2, 3), 0, 1);
    assertEquals(DType.FLOAT32, regularizer.penalty(x).dtype());
    assertEquals(DType.FLOAT64, regularizer.penalty(x.cast(DType.FLOAT64)).dtype());
  }

  @ParameterizedTest
  @MethodSource("all")
  void nothingCostsNothing(Regularizer regularizer) {
    assertFalse(regularizer.isZero());
    assertEquals(0, regularizer.penalty(Tensor.zeros(0, 3)).item());
    assertEquals(0, regularizer.penalty(Tensor.zeros(2, 3)).item());
  }

  @ParameterizedTest
  @MethodSource("all")
  void notANumberIsNotHidden(Regularizer regularizer) {
    Tensor x = Tensor.of(Shape.of(2, 2), 1f, Float.NaN, 2f, 3f);
    assertTrue(Double.isNaN(regularizer.penalty(x).item()));
  }

  @ParameterizedTest
  @MethodSource("zeros")
  void strengthZeroIsZeroWhateverTheWeights(Regularizer regularizer) {
    assertTrue(regularizer.isZero());
    Tensor x = Tensor.of(Shape.of(2, 2), 1f, Float.POSITIVE_INFINITY, Float.NaN, 3f);
    assertEquals(0, regularizer.penalty(x).item());
  }

  @Test
  void absoluteValueHasGradientZeroAtZero() {
    assertArrayEquals(new float[] {0.5f, -0.5f, 0}, gradient(new L1(0.5), X).toFloats());
    assertArrayEquals(new float[] {0, 0}, gradient(new L1(0.5), Tensor.zeros(2)).toFloats());
  }

  @Test
  void halfOfTheSquareHasTheWeightAsGradient() {
    assertArrayEquals(new float[] {1.5f, -2, 0}, gradient(new HalfL2(0.5), X).toFloats());
    assertArrayEquals(new float[] {3, -4, 0}, gradient(new L2(0.5), X).toFloats());
  }

  @Test
  void combinationsSkipWhatIsZero() {
    Regularizer l1 = new L1(0.1);
    assertSame(l1, l1.plus(new L2(0)));
    assertSame(l1, Regularizer.none().plus(l1));
    assertEquals(0.1 * 7 + 0.2 * 25, l1.plus(new L2(0.2)).penalty(X).item(), 1e-6);
    assertEquals(l1.plus(new L2(0.2)), new L1(0.1).plus(new L2(0.2)));
  }

  @Test
  void printsItself() {
    assertEquals("L2[lambda=0.01]", new L2(0.01).toString());
    assertEquals(
        "0.5 · (L1[lambda=0.1] + L2[lambda=0.2])",
        new L1(0.1).plus(new L2(0.2)).scaled(0.5).toString());
    assertEquals("none", Regularizer.none().toString());
  }

  @TestFactory
  Stream<DynamicTest> impossibleStrengthsAreErrors() {
    record Maker(String named, DoubleFunction<Regularizer> of) {}
    Stream<Maker> makers =
        Stream.of(
            new Maker("L1: lambda", L1::new),
            new Maker("L2: lambda", L2::new),
            new Maker("HalfL2: lambda", HalfL2::new),
            new Maker("L1L2: l1", lambda -> new L1L2(lambda, 0)),
            new Maker("L1L2: l2", lambda -> new L1L2(0, lambda)),
            new Maker("Orthogonal: factor", f -> new Orthogonal(f, Orthogonal.Mode.ROWS)),
            new Maker("scaled: the factor", new L1(1)::scaled));
    return makers.flatMap(maker ->
        DoubleStream.of(-1e-9, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
            .mapToObj(value ->
                DynamicTest.dynamicTest(
                    maker.named + " " + value,
                    () -> {
                      IllegalArgumentException e =
                          assertThrows(IllegalArgumentException.class, () -> maker.of.apply(value));
                      assertEquals(
                          maker.named + " must be a finite number that is 0 or more, got " + value,
                          e.getMessage());
                    })));
  }

  private static Tensor gradient(Regularizer regularizer, Tensor x) {
    try (GradientTape tape = new GradientTape()) {
      tape.watch(x);
      return tape.gradient(regularizer.penalty(x), x, Unconnected.ZERO);
    }
  }
}
