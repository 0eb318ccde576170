package taut.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import taut.core.MemoryScope;
import taut.core.Op;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Inside a memory scope a backward walk returns buffers while it goes on, and never one that is
/// still needed.
class WalkMemoryTest {
  private static final int SIZE = 10_000;
  private static final int LENGTH = 50;
  private static final Tensor X = RandomStream.of(3).uniform(Shape.of(SIZE), 0.5, 1);
  private static final Tensor SQUARE = RandomStream.of(4).uniform(Shape.of(30, 30), 0.5, 1);

  private record Case(String name, UnaryOperator<Tensor> function) {}

  /// Functions whose cotangents share buffers, stay as they are, or are used more than once.
  private static final List<Case> CASES =
      List.of(
          new Case("x + x", x -> x.add(x)),
          new Case("residual", x -> x.tanh().add(x).sigmoid().add(x)),
          new Case("reshape", x -> x.reshape(900).tanh().add(x.reshape(900))),
          new Case("transpose", x -> x.transpose().mul(x)),
          new Case("matmul with itself", x -> x.matmul(x).matmul(x, true, false)),
          new Case("broadcast", x -> x.add(x.sum(0)).mul(x.slice(1, 0, 1))),
          new Case("uniform", x -> x.sum(0).add(x.mean())),
          new Case("concat", x -> taut.core.Rearrangements.concat(0, x, x.exp(), x)),
          new Case("penalty", x -> Tensor.fusing(() -> x.square().sum().add(x.abs().sum()))),
          new Case("checkpoint", x -> Checkpoint.of(in -> in.get(0).tanh().mul(in.get(1)), x, x)),
          new Case(
              "passes its cotangent on",
              x -> CustomGradient.apply("same", Tensor::exp, (in, out, c) -> c, x.sin()).mul(x)),
          new Case(
              "its gradient is its input",
              x -> CustomGradient.apply("input", Tensor::exp, (in, out, c) -> in, x.sin()).mul(x)),
          new Case(
              "gradient inside",
              x -> {
                try (GradientTape inner = new GradientTape()) {
                  inner.watch(x);
                  return inner.gradient(x.tanh().mul(x).sum(), x).mul(x);
                }
              }));

  @TestFactory
  Stream<DynamicTest> scopesChangeNoGradient() {
    return CASES.stream()
        .map(c ->
            DynamicTest.dynamicTest(
                c.name,
                () -> {
                  float[] free = gradients(c.function);
                  try (MemoryScope _ = MemoryScope.open()) {
                    assertArrayEquals(free, gradients(c.function));
                    assertArrayEquals(free, gradients(c.function), "with buffers that came back");
                  }
                }));
  }

  /// Returns the gradients with respect to x and to a value on the way, which the walk goes past.
  private static float[] gradients(UnaryOperator<Tensor> function) {
    try (GradientTape tape = new GradientTape()) {
      tape.watch(SQUARE);
      Tensor middle = SQUARE.mul(0.5);
      Tensor y = function.apply(middle).square().sum();
      List<Tensor> found = tape.gradients(y, List.of(SQUARE, middle, y), Unconnected.NONE);
      // Asked for last, when everything that may go has gone and been overwritten.
      Tensor other = RandomStream.of(5).uniform(Shape.of(30, 30), 0, 1).mul(middle);
      assertEquals(900, other.size());
      return Stream.concat(Stream.of(y), found.stream())
          .map(t -> t.reshape(-1))
          .reduce((a, b) -> taut.core.Rearrangements.concat(0, a, b))
          .orElseThrow()
          .toFloats();
    }
  }

  /// x · y, whose derivatives walk back themselves, both from a cotangent that the op made at the
  /// first of them.
  private static final class ProductByWalks implements Op {
    private Tensor doubled = SQUARE;

    @Override
    public String label() {
      return "productByWalks";
    }

    @Override
    public TensorSpec infer(TensorSpec... inputs) {
      return inputs[0];
    }

    @Override
    public Tensor run(TensorSpec output, Tensor... inputs) {
      return inputs[0].mul(inputs[1]);
    }

    @Override
    public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
      doubled = input == 0 ? cotangent.mul(2) : doubled;
      try (GradientTape tape = new GradientTape()) {
        tape.watch(inputs[input]);
        Tensor half = inputs[0].mul(inputs[1]).mul(0.5);
        List<Tensor> source = List.of(inputs[input]);
        Tensor gradient = tape.gradients(half, doubled, source, Unconnected.NONE).getFirst();
        return gradient.add(doubled.mul(0));
      }
    }

    @Override
    public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
      return tangent.mul(inputs[1 - input]);
    }
  }

  @Test
  void aWalkInsideAWalkLeavesItsBuffersAlone() {
    try (MemoryScope _ = MemoryScope.open();
        GradientTape tape = new GradientTape()) {
      tape.watch(SQUARE);
      Tensor sines = SQUARE.sin();
      Tensor y = new ProductByWalks().apply(SQUARE.mul(1), sines).sum();
      assertArrayEquals(
          SQUARE.cos().mul(SQUARE).add(sines).toFloats(),
          tape.gradient(y, SQUARE).toFloats(),
          1e-6f);
    }
  }

  @Test
  void aWalkNeedsFewBuffers() {
    long bytes = SIZE * (long) Float.BYTES;
    try (MemoryScope scope = MemoryScope.open();
        GradientTape tape = new GradientTape()) {
      tape.watch(X);
      Tensor y = X;
      for (int i = 0; i < LENGTH; i++) {
        y = y.tanh();
      }
      Tensor loss = y.sum();
      long recorded = scope.peakBytes();
      assertTrue(recorded >= LENGTH * bytes, () -> recorded + " bytes");
      assertEquals(X.shape(), tape.gradient(loss, X).shape());
      long walked = scope.peakBytes() - recorded;
      assertTrue(walked <= 4 * bytes, () -> "the walk took " + walked + " bytes more");
      assertTrue(scope.allocatedBytes() >= (2 * LENGTH - 1) * bytes);
    }
  }

  @Test
  void aCotangentGoesWithTheWalkUnlessItIsKept() {
    List<Tensor> seen = new ArrayList<>();
    differentiate((x, y, c) -> note(seen, c.mul(2)));
    assertEquals(1, seen.getFirst().storage().get(0) / 2, "without a scope nothing goes");
    try (MemoryScope _ = MemoryScope.open()) {
      differentiate((x, y, c) -> note(seen, c.mul(2)));
      var error = assertThrows(IllegalStateException.class, seen.getLast()::toFloats);
      assertTrue(error.getMessage().contains("backward walk"), error.getMessage());
    }
    try (MemoryScope scope = MemoryScope.open()) {
      differentiate((x, y, c) -> note(seen, scope.keep(c.mul(2))));
    }
    assertEquals(2, seen.getLast().toFloats()[0]);
  }

  private static Tensor note(List<Tensor> seen, Tensor cotangent) {
    seen.add(cotangent);
    return cotangent;
  }

  private static void differentiate(CustomGradient.Rule rule) {
    try (GradientTape tape = new GradientTape()) {
      tape.watch(X);
      Tensor y = CustomGradient.apply("watched", Tensor::exp, rule, X.sin()).sum();
      assertEquals(X.shape(), tape.gradient(y, X).shape());
    }
  }

  @Test
  void aPersistentTapeKeepsWhatItsNextWalkMayNeed() {
    try (MemoryScope _ = MemoryScope.open();
        GradientTape tape = new GradientTape(GradientTape.Option.PERSISTENT)) {
      tape.watch(X);
      Tensor y = X.tanh().mul(X).sum();
      Tensor first = tape.gradient(y, X);
      Tensor second = tape.gradients(y, first.sum(), List.of(X), Unconnected.NONE).getFirst();
      float sum = (float) first.sum().item();
      assertEquals(first.toFloats()[9] * sum, second.toFloats()[9], 1e-3f * sum);
    }
  }

  @Test
  void allRowsOfAJacobianStay() {
    try (MemoryScope _ = MemoryScope.open();
        GradientTape tape = new GradientTape()) {
      Tensor x = Tensor.vector(1, 2, 3);
      tape.watch(x);
      Tensor jacobian = tape.jacobian(x.tanh().mul(x).square(), x);
      assertArrayEquals(new int[] {3, 3}, jacobian.shape().toArray());
      float[] values = jacobian.toFloats();
      for (int i = 0; i < 3; i++) {
        double t = Math.tanh(i + 1);
        double slope = 2 * t * (i + 1) * (t + (i + 1) * (1 - t * t));
        assertEquals(slope, values[4 * i], 1e-4);
      }
    }
  }
}
