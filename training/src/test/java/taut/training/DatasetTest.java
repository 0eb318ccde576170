package taut.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import taut.core.DType;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;

/// Choosing, shuffling and batching keep samples and targets together.
class DatasetTest {
  /// Sample i is (10i, 10i + 1), its target i.
  private static final Dataset TEN =
      Dataset.of(Tensor.range(20).cast(DType.FLOAT32).reshape(10, 2).mul(5), Tensor.range(10));

  @Test
  void batchesCoverEverySampleOnceInOrder() {
    Dataset.Batches batches = TEN.batch(4);
    assertEquals(3, batches.count());
    int[] sizes =
        StreamSupport.stream(batches.spliterator(), false).mapToInt(Batch::size).toArray();
    assertArrayEquals(new int[] {4, 4, 2}, sizes);
    assertArrayEquals(new int[] {8, 9}, batches.get(2).y().toInts());
    assertEquals(Shape.of(2, 2), batches.get(2).x().shape());
  }

  @Test
  void shufflingKeepsPairsTogether() {
    Dataset shuffled = TEN.shuffle(RandomStream.of(3));
    int[] targets = shuffled.y().toInts();
    float[] samples = shuffled.x().toFloats();
    for (int i = 0; i < 10; i++) {
      assertEquals(10f * targets[i], samples[2 * i]);
    }
    assertArrayEquals(IntStream.range(0, 10).toArray(), Arrays.stream(targets).sorted().toArray());
    assertArrayEquals(targets, TEN.shuffle(RandomStream.of(3)).y().toInts());
    assertArrayEquals(
        IntStream.range(0, 10).toArray(), TEN.y().toInts(), "the data set itself stays");
  }

  @Test
  void takeAndSkipDivide() {
    assertArrayEquals(new int[] {0, 1, 2}, TEN.take(3).y().toInts());
    assertArrayEquals(new int[] {3, 4, 5, 6, 7, 8, 9}, TEN.skip(3).y().toInts());
    assertArrayEquals(new int[] {4, 5}, TEN.skip(3).slice(1, 3).y().toInts());
    assertEquals(0, TEN.take(0).batch(4).count());
  }

  @Test
  void refusesRangesAndSizesThatAreNone() {
    assertThrows(IllegalArgumentException.class, () -> TEN.take(11));
    assertThrows(IllegalArgumentException.class, () -> TEN.slice(3, 2));
    assertThrows(IllegalArgumentException.class, () -> TEN.batch(0));
  }

  @Test
  void aBatchOfAnySizeHoldsEverything() {
    Dataset.Batches batches = TEN.batch(Integer.MAX_VALUE);
    assertEquals(1, batches.count());
    assertEquals(10, batches.get(0).size());
    assertEquals(1, TEN.skip(9).batch(Integer.MAX_VALUE).count());
    assertEquals(0, TEN.take(0).batch(Integer.MAX_VALUE).count());
  }
}
