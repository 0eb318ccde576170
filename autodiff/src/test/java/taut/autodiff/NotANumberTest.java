package taut.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import taut.core.DType;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.ops.Binary;
import taut.core.ops.Comparison;
import taut.core.ops.Reduce;
import taut.core.ops.Reduction;
import taut.core.ops.Unary;

/// NaN is never swallowed: in the vector body and in the tail, in both floating-point types.
class NotANumberTest {
  /// The length is beyond one vector of any machine, and no multiple of one.
  private static final int LENGTH = 37;

  private static final Set<DType> TYPES = EnumSet.of(DType.FLOAT32, DType.FLOAT64);

  /// The ops whose second operand only decides: NaN is not positive, and 0 · log NaN is 0.
  private static final Set<Binary> DECIDED = EnumSet.of(Binary.RELU_GRADIENT);

  private static Tensor ones(DType dtype, int nan) {
    double[] elements = new double[LENGTH];
    Arrays.fill(elements, 0.5);
    if (nan >= 0) {
      elements[nan] = Double.NaN;
    }
    return Tensor.of(Shape.of(LENGTH), elements).cast(dtype);
  }

  private static void assertNaNOnlyAt(int place, Tensor got, String what) {
    double[] elements = got.toDoubles();
    for (int i = 0; i < elements.length; i++) {
      assertEquals(i == place, Double.isNaN(elements[i]), what + " at " + i);
    }
  }

  @ParameterizedTest
  @EnumSource
  void unary(Unary op) {
    for (DType dtype : TYPES) {
      for (int place : new int[] {0, 5, LENGTH - 1}) {
        assertNaNOnlyAt(place, op.apply(ones(dtype, place)), op + " " + dtype);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void binary(Binary op) {
    for (DType dtype : TYPES) {
      for (int place : new int[] {0, 5, LENGTH - 1}) {
        Tensor nan = ones(dtype, place);
        Tensor plain = ones(dtype, -1);
        assertNaNOnlyAt(place, op.apply(nan, plain), op + " first " + dtype);
        int second =
            DECIDED.contains(op) || op == Binary.LEAKY_RELU || op == Binary.ELU ? -1 : place;
        assertNaNOnlyAt(second, op.apply(plain, nan), op + " second " + dtype);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void reductions(Reduction kind) {
    for (DType dtype : TYPES) {
      for (int place : new int[] {0, 5, LENGTH - 1}) {
        Tensor x = ones(dtype, place);
        Tensor all = Reduce.of(kind, false, x.shape()).apply(x);
        assertTrue(Double.isNaN(all.item()), kind + " " + dtype);
        Tensor column = x.reshape(LENGTH, 1).mul(Tensor.full(Shape.of(1, 3), 1, dtype));
        Tensor columns = Reduce.of(kind, false, column.shape(), 0).apply(column);
        assertTrue(Arrays.stream(columns.toDoubles()).allMatch(Double::isNaN), kind + " columns");
      }
    }
  }

  @Test
  void rows() {
    for (DType dtype : TYPES) {
      Tensor x = ones(dtype, 4);
      for (Tensor y : new Tensor[] {x.softmax(), x.logSoftmax(), x.clip(0, 1)}) {
        assertTrue(Double.isNaN(y.toDoubles()[4]), y.toString());
      }
      Tensor row = x.reshape(1, LENGTH);
      Tensor zeros = Tensor.full(Shape.of(LENGTH, 2), 0, dtype);
      assertTrue(
          Arrays.stream(row.matmul(zeros).toDoubles()).allMatch(Double::isNaN), "0 · NaN is NaN");
    }
  }

  @ParameterizedTest
  @EnumSource
  void comparisonsWithNaNAreFalse(Comparison op) {
    if (op.ordinal() < Comparison.AND.ordinal()) {
      for (DType dtype : TYPES) {
        Tensor nan = ones(dtype, 3);
        boolean wanted = op == Comparison.NOT_EQUAL;
        assertEquals(wanted ? 1 : 0, op.apply(nan, ones(dtype, -1)).toInts()[3], op + " first");
        assertEquals(wanted ? 1 : 0, op.apply(ones(dtype, -1), nan).toInts()[3], op + " second");
        assertEquals(wanted ? 1 : 0, op.apply(nan, nan).toInts()[3], op + " both");
      }
    }
  }

  @Test
  void argmaxTakesNaNForTheLargest() {
    assertEquals(1, Tensor.vector(3, Float.NaN, 5, Float.NaN).argmax(0).item());
  }
}
