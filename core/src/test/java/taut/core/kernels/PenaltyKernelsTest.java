package taut.core.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import taut.core.DType;
import taut.core.Storage;
import taut.core.Tensor;

/// SIMD penalties against the plain loops, for each combination of terms.
class PenaltyKernelsTest {
  private static final PenaltyKernels REFERENCE = ReferencePenaltyKernels.INSTANCE;

  @ParameterizedTest
  @CsvSource({"0.25, 0", "0, 0.5", "0.25, 0.5", "0, 0", "-0.3, 0.7"})
  void agreesWithTheReference(double absolute, double square) {
    PenaltyKernels kernels = PenaltyKernels.active();
    assertInstanceOf(VectorPenaltyKernels.class, kernels);
    for (int length : AwkwardFloats.lengths()) {
      Storage finite = Tensor.vector(AwkwardFloats.finite(length, 1)).storage();
      double scale = REFERENCE.value(Math.abs(absolute), square, finite);
      assertEquals(
          REFERENCE.value(absolute, square, finite),
          kernels.value(absolute, square, finite),
          1e-6 * scale,
          "value of " + length);
      Tensor mixed = Tensor.vector(AwkwardFloats.mixed(length, 2));
      Tensor expected = mixed.mul(0).cast(DType.FLOAT64);
      Tensor actual = Tensor.vector(new float[length]);
      REFERENCE.elements(absolute, square, mixed.storage(), expected.storage());
      kernels.elements(absolute, square, mixed.storage(), actual.storage());
      close(mixed, expected, actual, "elements of " + length);
      for (boolean add : new boolean[] {false, true}) {
        float[] before = AwkwardFloats.finite(length, 3);
        expected = Tensor.vector(before).cast(DType.FLOAT64);
        actual = Tensor.vector(before);
        REFERENCE.gradient(absolute, square, mixed.storage(), expected.storage(), add);
        kernels.gradient(absolute, square, mixed.storage(), actual.storage(), add);
        close(mixed, expected, actual, "gradient of " + length + (add ? ", added" : ""));
      }
    }
  }

  /// Two roundings of terms that may cancel: an absolute bound for their size.
  private static void close(Tensor x, Tensor expected, Tensor actual, String what) {
    float[] inputs = x.toFloats();
    double[] wanted = expected.toDoubles();
    float[] got = actual.toFloats();
    for (int i = 0; i < got.length; i++) {
      int at = i;
      double size = Float.isFinite(inputs[i]) ? Math.abs(inputs[i]) + 1 : 0;
      assertTrue(
          AwkwardFloats.close(wanted[i], got[i], 3, 1e-6 * size),
          () -> what + " at " + at + ": " + inputs[at] + " gives " + wanted[at] + ", " + got[at]);
    }
  }
}
