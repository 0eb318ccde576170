package taut.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;

/// A weight that is used twice gets one sum of gradients, whichever use comes first and whether or
/// not ops add to it in place.
class AccumulationTest {
  private static final RandomStream RANDOM = RandomStream.of(11);
  private static final Tensor W = RANDOM.normal(Shape.of(7, 5), 0, 1);
  private static final Tensor X = RANDOM.normal(Shape.of(3, 7), 0, 1);
  private static final Tensor Y = RANDOM.normal(Shape.of(4, 5), 0, 1);

  private record Use(String name, UnaryOperator<Tensor> of) {}

  private static final List<Use> USES =
      List.of(
          new Use("x·w", w -> X.matmul(w).square().sum()),
          new Use("w·yᵀ", w -> w.matmul(Y, false, true).sin().sum()),
          new Use("wᵀ·xᵀ", w -> w.matmul(X, true, true).sum()),
          new Use("y·wᵀ", w -> Y.matmul(w, false, true).abs().sum()),
          new Use("squares", w -> w.square().sum().mul(0.3)),
          new Use("sum of squares", w -> w.sumOfSquares().mul(0.3)),
          new Use("sum of absolutes", w -> w.sumOfAbsolutes().mul(0.3)),
          new Use("elastic net", w -> w.elasticNet(0.3, 0.2)),
          new Use("weighted squares", w -> w.square().mul(W).sum()),
          new Use("weighted absolutes", w -> w.abs().mul(W).mean()),
          new Use("row norms", w -> w.sumOfSquares(1).safeSqrt().sum()),
          new Use("product", w -> w.mul(w).sum()));

  @TestFactory
  Stream<DynamicTest> twoUsesAddUp() {
    return USES.stream()
        .flatMap(first ->
            USES.stream()
                .map(second ->
                    DynamicTest.dynamicTest(
                        first.name + " + " + second.name, () -> check(first, second))));
  }

  private static void check(Use first, Use second) {
    Tensor apart = gradient(first.of).add(gradient(second.of));
    Tensor together = gradient(w -> first.of.apply(w).add(second.of.apply(w)));
    assertArrayEquals(apart.toFloats(), together.toFloats(), 1e-5f);
    try (GradientTape outer = new GradientTape()) {
      outer.watch(W);
      // Under another tape nothing happens in place.
      Tensor recorded = gradient(w -> first.of.apply(w).add(second.of.apply(w)));
      assertArrayEquals(together.toFloats(), recorded.toFloats(), 1e-5f);
      assertEquals(W.shape(), outer.gradient(recorded.sum(), W, Unconnected.ZERO).shape());
    }
  }

  private static Tensor gradient(UnaryOperator<Tensor> f) {
    try (GradientTape tape = new GradientTape()) {
      tape.watch(W);
      return tape.gradient(f.apply(W), W);
    }
  }
}
