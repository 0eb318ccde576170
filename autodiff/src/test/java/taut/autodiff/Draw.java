package taut.autodiff;

import java.util.function.DoublePredicate;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;

/// Draws FLOAT64 tensors for tests from one seed.
final class Draw {
  private final RandomStream random;

  Draw(long seed) {
    this.random = RandomStream.of(seed);
  }

  /// Draws elements from an interval, again where they are not accepted.
  Tensor where(double low, double high, DoublePredicate accepted, int... dims) {
    Shape shape = Shape.of(dims);
    double[] elements = new double[shape.size()];
    for (int i = 0; i < elements.length; i++) {
      do {
        elements[i] = low + (high - low) * random.nextDouble();
      } while (!accepted.test(elements[i]));
    }
    return Tensor.of(shape, elements);
  }

  /// Draws elements from an interval.
  Tensor from(double low, double high, int... dims) {
    return where(low, high, x -> true, dims);
  }

  /// Draws elements between -2 and 2 that keep away from 0.
  Tensor any(int... dims) {
    return where(-2, 2, x -> Math.abs(x) > 0.1, dims);
  }

  /// Draws positive elements that keep away from 0.
  Tensor positive(int... dims) {
    return from(0.3, 2.5, dims);
  }

  /// Draws elements like those of a tensor.
  Tensor like(Tensor x) {
    return any(x.shape().toArray());
  }

  /// Draws whole numbers from 0 to below a bound.
  Tensor indices(int bound, int... dims) {
    Shape shape = Shape.of(dims);
    int[] elements = new int[shape.size()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = random.nextInt(bound);
    }
    return Tensor.of(shape, elements);
  }
}
