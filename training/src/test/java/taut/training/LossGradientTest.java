package taut.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import taut.autodiff.GradientCheck;
import taut.autodiff.GradientTape;
import taut.autodiff.Unconnected;
import taut.core.DType;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;

/// The derivatives of the losses against central differences.
class LossGradientTest {
  private static final Shape SHAPE = Shape.of(4, 3);
  private static final RandomStream RANDOM = RandomStream.of(11);
  private static final Tensor NUMBERS = RANDOM.split(0).normal(SHAPE, 0, 1).cast(DType.FLOAT64);
  private static final Tensor OTHERS = RANDOM.split(1).normal(SHAPE, 0, 1).cast(DType.FLOAT64);
  private static final Tensor POSITIVE = NUMBERS.abs().add(0.1);
  private static final Tensor PROBABILITIES = NUMBERS.sigmoid();
  private static final Tensor SHARES = OTHERS.softmax();
  private static final Tensor BITS = OTHERS.greater(0).cast(DType.FLOAT64);
  private static final Tensor LABELS = Tensor.of(Shape.of(4), 2, 0, 1, 2);
  private static final Tensor ONE_HOT = LABELS.oneHot(3, DType.FLOAT64);

  static Stream<Arguments> losses() {
    return Stream.of(
        Arguments.of(Losses.meanSquaredError(), OTHERS, NUMBERS),
        Arguments.of(Losses.meanAbsoluteError(), OTHERS, NUMBERS),
        Arguments.of(Losses.meanAbsolutePercentageError(), OTHERS, NUMBERS),
        Arguments.of(Losses.meanSquaredLogarithmicError(), SHARES, POSITIVE),
        Arguments.of(Losses.logCosh(), OTHERS, NUMBERS),
        Arguments.of(Losses.poisson(), SHARES, POSITIVE),
        Arguments.of(Losses.hinge(), BITS, NUMBERS),
        Arguments.of(Losses.squaredHinge(), BITS, NUMBERS),
        Arguments.of(Losses.categoricalHinge(), ONE_HOT, NUMBERS),
        Arguments.of(Losses.klDivergence(), SHARES, PROBABILITIES),
        Arguments.of(Losses.huber(), OTHERS, NUMBERS),
        Arguments.of(Losses.huber(0.3), OTHERS, NUMBERS),
        Arguments.of(Losses.cosineSimilarity(), OTHERS, NUMBERS),
        Arguments.of(Losses.cosineSimilarity(0), OTHERS, NUMBERS),
        Arguments.of(Losses.binaryCrossentropy(), BITS, PROBABILITIES),
        Arguments.of(Losses.binaryCrossentropy().labelSmoothing(0.2), BITS, PROBABILITIES),
        Arguments.of(Losses.binaryCrossentropy().fromLogits(), BITS, NUMBERS),
        Arguments.of(Losses.binaryFocalCrossentropy(), BITS, PROBABILITIES),
        Arguments.of(Losses.binaryFocalCrossentropy().balanced(0.3).gamma(1), BITS, PROBABILITIES),
        Arguments.of(Losses.binaryFocalCrossentropy().fromLogits(), BITS, NUMBERS),
        Arguments.of(Losses.categoricalCrossentropy(), ONE_HOT, PROBABILITIES),
        Arguments.of(Losses.categoricalCrossentropy().labelSmoothing(0.1), ONE_HOT, POSITIVE),
        Arguments.of(Losses.categoricalCrossentropy().fromLogits(), SHARES, NUMBERS),
        Arguments.of(Losses.sparseCategoricalCrossentropy(), LABELS, PROBABILITIES),
        Arguments.of(Losses.sparseCategoricalCrossentropy().fromLogits(), LABELS, NUMBERS));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void firstOrder(Loss loss, Tensor target, Tensor prediction) {
    GradientCheck.check(p -> loss.of(target, p.getFirst()), prediction).orThrow();
    Tensor weights =
        Tensor.vector(0.5f, 2, 0, 1).slice(0, 0, loss.perSample(target, prediction).size());
    GradientCheck.check(p -> loss.of(target, p.getFirst(), weights), prediction).orThrow();
  }

  /// The gradient along a fixed direction is a scalar again, whose gradient is checked.
  @ParameterizedTest
  @MethodSource("losses")
  void secondOrder(Loss loss, Tensor target, Tensor prediction) {
    UnaryOperator<Tensor> slope =
        p -> {
          try (GradientTape tape = new GradientTape()) {
            tape.watch(p);
            return tape.gradient(loss.of(target, p), p).mul(OTHERS.cos()).sum();
          }
        };
    GradientCheck.check(p -> slope.apply(p.getFirst()), prediction).orThrow();
  }

  /// Outside the range in which logarithms are taken values stay finite and no gradient passes.
  @ParameterizedTest
  @MethodSource("saturated")
  void saturatedProbabilities(Loss loss, Tensor target, Tensor probabilities) {
    Tensor prediction = probabilities.copy(); // for the target may be the same tensor
    try (GradientTape tape = new GradientTape()) {
      tape.watch(prediction);
      Tensor value = loss.of(target, prediction);
      assertTrue(Double.isFinite(value.item()));
      Tensor gradient = tape.gradients(value, List.of(prediction), Unconnected.ZERO).getFirst();
      assertEquals(0, gradient.abs().sum().item());
    }
  }

  static Stream<Arguments> saturated() {
    Tensor certain = Tensor.of(Shape.of(2, 2), 1f, 0, 0, 1);
    Tensor wrong = Tensor.of(Shape.of(2, 2), 0f, 1, 1, 0);
    Tensor labels = Tensor.of(Shape.of(2), 0, 1);
    return Stream.of(
        Arguments.of(Losses.binaryCrossentropy(), certain, certain),
        Arguments.of(Losses.binaryCrossentropy(), wrong, certain),
        Arguments.of(Losses.categoricalCrossentropy(), certain, certain),
        Arguments.of(Losses.categoricalCrossentropy(), wrong, certain),
        Arguments.of(Losses.sparseCategoricalCrossentropy(), labels, certain),
        Arguments.of(Losses.sparseCategoricalCrossentropy(), labels, wrong));
  }
}
