package taut.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.function.Executable;

/// Compares tensors with literals, most of them made by NumPy, and errors with the words they must
/// have.
final class Expected {
  private static final double TOLERANCE = 1e-12;

  private Expected() {}

  /// Checks shape and values, to a relative error that FLOAT64 reaches.
  static void values(Tensor actual, Shape shape, double... values) {
    assertEquals(shape, actual.shape());
    double[] found = actual.toDoubles();
    double scale = 1;
    for (double value : values) {
      scale = Double.isFinite(value) ? Math.max(scale, Math.abs(value)) : scale;
    }
    assertArrayEquals(values, found, TOLERANCE * scale, actual::toString);
  }

  /// Checks a function of whole numbers that must give the very same for every numeric type, since
  /// the types have kernels of their own.
  static void everyType(Tensor x, UnaryOperator<Tensor> function, Shape shape, double... values) {
    for (DType dtype : new DType[] {DType.INT32, DType.FLOAT32, DType.FLOAT64}) {
      Tensor actual = function.apply(x.cast(dtype));
      assertEquals(new TensorSpec(shape, dtype), actual.spec());
      assertArrayEquals(values, actual.toDoubles(), () -> dtype + " " + actual);
    }
  }

  /// Checks that a call is refused, and that the message has these words.
  static void fails(Executable call, String... words) {
    fails(IllegalArgumentException.class, call, words);
  }

  /// Checks that a call fails in a certain way, and that the message has these words.
  static void fails(Class<? extends Throwable> kind, Executable call, String... words) {
    String message = assertThrows(kind, call).getMessage();
    for (String word : words) {
      assertTrue(message.contains(word), () -> "'" + word + "' is missing in: " + message);
    }
  }
}
