package taut.core.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import taut.core.DType;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Storage;
import taut.core.Tensor;

/// The steps that run against those that are read, at lengths around the vector's and the block's.
class UpdateKernelsTest {
  private static final int STATES = 5;

  private final UpdateKernels reference = ReferenceUpdateKernels.INSTANCE;
  private final UpdateKernels vector = VectorUpdateKernels.INSTANCE;

  private static final List<StepTerms> TERMS =
      List.of(
          StepTerms.PLAIN,
          new StepTerms(1, Double.POSITIVE_INFINITY, 0.01),
          new StepTerms(0.3, Double.POSITIVE_INFINITY, 0),
          new StepTerms(1, 0.5, 0.01));

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 15, 16, 17, 31, 33, 1023, 100_003})
  void agree(int length) {
    for (StepTerms t : TERMS) {
      check(length, (k, s) -> k.descend(s.get(0), s.get(1), 0.1, t));
      check(length, (k, s) -> k.momentum(s.get(0), s.get(1), s.get(2), 0.1, 0.9, false, t));
      check(length, (k, s) -> k.momentum(s.get(0), s.get(1), s.get(2), 0.1, 0.9, true, t));
      check(
          length,
          (k, s) -> k.adam(s.get(0), s.get(1), s.get(2), s.get(3), 0.01, 0.1, 0.001, 1e-7, t));
      check(
          length,
          (k, s) ->
              k.amsgrad(s.get(0), s.get(1), s.get(2), s.get(3), s.get(4), 0.01, 0.1, 0.5, 1e-7, t));
    }
    check(length, (k, s) -> k.average(s.get(0), s.get(1), 0.01));
  }

  /// A usual decay, 4e-6 a step, is lost in a float that holds 1 - 4e-6, but not in one that holds
  /// 4e-6.
  @ParameterizedTest
  @ValueSource(ints = {1, 16, 35})
  void smallDecayIsExact(int length) {
    StepTerms terms = new StepTerms(1, Double.POSITIVE_INFINITY, 4e-6);
    for (UpdateKernels kernels : List.of(reference, vector)) {
      Storage[] s = states(length);
      for (int i = 0; i < length; i++) {
        s[1].set(i, 0);
        s[0].set(i, 0x1p23 + i);
      }
      kernels.descend(s[0], s[1], 0.1, terms);
      for (int i = 0; i < length; i++) {
        // The weights are whole numbers with room for none of the bits behind the point.
        double exact = (0x1p23 + i) * (1 - 4e-6);
        assertEquals(exact, s[0].get(i), 0.5 + 1e-5, kernels + ": weight " + i);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 35})
  void specialValues(int length) {
    for (UpdateKernels kernels : List.of(reference, vector)) {
      Storage[] s = states(length);
      int last = length - 1;
      s[0].set(last, Double.NEGATIVE_INFINITY);
      kernels.descend(s[0], s[1], 0.1, StepTerms.PLAIN);
      assertEquals(Double.NEGATIVE_INFINITY, s[0].get(last), "an infinite weight stays");
      s[0].set(last, 0);
      s[1].set(last, Double.POSITIVE_INFINITY);
      kernels.descend(s[0], s[1], 0.5, new StepTerms(1, 3, 0));
      assertEquals(-1.5, s[0].get(last), "an infinite gradient is limited");
      s[1].set(last, Double.NaN);
      kernels.descend(s[0], s[1], 0.5, new StepTerms(1, 3, 0));
      assertTrue(Double.isNaN(s[0].get(last)), "NaN is not limited");
    }
  }

  /// Runs two steps with each of: the reference in FLOAT64, and both in FLOAT32.
  private void check(int length, BiConsumer<UpdateKernels, List<Storage>> step) {
    double[][] exact = run(reference, DType.FLOAT64, length, step);
    for (UpdateKernels kernels : List.of(reference, vector)) {
      double[][] single = run(kernels, DType.FLOAT32, length, step);
      for (int i = 0; i < STATES; i++) {
        assertArrayEquals(exact[i], single[i], 1e-5, kernels + ": state " + i);
      }
    }
    assertArrayEquals(exact, run(vector, DType.FLOAT64, length, step));
  }

  private static double[][] run(
      UpdateKernels kernels,
      DType dtype,
      int length,
      BiConsumer<UpdateKernels, List<Storage>> step) {
    List<Tensor> states = new ArrayList<>();
    for (int i = 0; i < STATES; i++) {
      // Squares, since second moments are not negative.
      Tensor drawn = RandomStream.of(7).split(i).normal(Shape.of(length), 0, 1);
      states.add((i < 2 ? drawn : drawn.square()).cast(dtype).persistentCopy());
    }
    List<Storage> storages = states.stream().map(Tensor::storage).toList();
    step.accept(kernels, storages);
    step.accept(kernels, storages);
    return states.stream().map(Tensor::toDoubles).toArray(double[][]::new);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 35})
  void nanStays(int length) {
    for (UpdateKernels kernels : List.of(reference, vector)) {
      Storage[] s = states(length);
      s[1].set(length - 1, Double.NaN);
      kernels.amsgrad(s[0], s[1], s[2], s[3], s[4], 0.1, 0.1, 0.1, 1e-7, StepTerms.PLAIN);
      assertTrue(Double.isNaN(s[0].get(length - 1)), "weight");
      kernels.amsgrad(s[0], s[2], s[2], s[3], s[4], 0.1, 0.1, 0.1, 1e-7, StepTerms.PLAIN);
      assertTrue(Double.isNaN(s[4].get(length - 1)), "largest second moment");
    }
  }

  /// Returns the storages of a step, all of them ones.
  private static Storage[] states(int length) {
    return Stream.generate(() -> Tensor.ones(length).persistentCopy().storage())
        .limit(STATES)
        .toArray(Storage[]::new);
  }
}
