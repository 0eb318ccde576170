package taut.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import taut.core.DType;
import taut.core.Tensor;

/// What a tape keeps alive of a long chain, with and without [Checkpoint].
class CheckpointMemoryTest {
  private static final int SEGMENTS = 4;
  private static final int SEGMENT_LENGTH = 8;

  /// 4 MiB a tensor, so that what else lives on the heap does not count.
  private static final int SIZE = 1 << 20;

  /// What a chain held before its gradient was taken, and the gradient.
  private record Run(long heldBytes, float[] gradient) {}

  @Test
  void checkpointsKeepASmallShare() {
    Tensor x = Tensor.range(SIZE).cast(DType.FLOAT32).mul(1.0 / SIZE).add(0.5);
    Run plain = run(x, CheckpointMemoryTest::segment);
    Run saving = run(x, y -> Checkpoint.of(inputs -> segment(inputs.get(0)), y));
    System.out.printf(
        "a chain of %d tanh holds %.1f MiB, with %d checkpoints %.1f MiB%n",
        SEGMENTS * SEGMENT_LENGTH,
        plain.heldBytes() / 0x1p20,
        SEGMENTS,
        saving.heldBytes() / 0x1p20);
    // Every output is held without checkpoints, and one for each segment with them. How much of the
    // heap that is depends on the collector, which rounds large arrays up.
    assertTrue(saving.heldBytes() < plain.heldBytes() / 4);
    assertArrayEquals(plain.gradient(), saving.gradient());
  }

  private static Tensor segment(Tensor x) {
    Tensor y = x;
    for (int i = 0; i < SEGMENT_LENGTH; i++) {
      y = y.tanh();
    }
    return y;
  }

  private static Run run(Tensor x, UnaryOperator<Tensor> segment) {
    long before = usedHeap();
    try (var tape = new GradientTape()) {
      tape.watch(x);
      Tensor y = x;
      for (int i = 0; i < SEGMENTS; i++) {
        y = segment.apply(y);
      }
      Tensor loss = y.sum();
      assertTrue(loss.item() > 0);
      long held = usedHeap() - before;
      return new Run(held, tape.gradients(loss, List.of(x), Unconnected.NONE).get(0).toFloats());
    }
  }

  /// Returns the least that several collections leave.
  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
