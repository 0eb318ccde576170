package taut.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static taut.core.Expected.fails;
import static taut.core.Expected.values;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Equations against NumPy's results, and against the loop over all letters that an equation means.
class EinsumTest {
  private static final Tensor X = count(2, 3);
  private static final Tensor SQUARE = count(3, 3);

  private static Tensor count(int... dims) {
    Shape shape = Shape.of(dims);
    return Tensor.range(shape.size()).reshape(shape).cast(DType.FLOAT64);
  }

  @Test
  void equalsNumpy() {
    values(LinearAlgebra.einsum("ij,kj->ki", X, X), Shape.of(2, 2), 5, 14, 14, 50);
    values(LinearAlgebra.einsum("ij", X), Shape.of(2, 3), 0, 1, 2, 3, 4, 5);
    values(LinearAlgebra.einsum("ba", X), Shape.of(3, 2), 0, 3, 1, 4, 2, 5);
    values(LinearAlgebra.einsum("ii", SQUARE), Shape.SCALAR, 12);
    values(LinearAlgebra.einsum("ii->i", SQUARE), Shape.of(3), 0, 4, 8);
    values(LinearAlgebra.einsum("i,j", count(2), count(3)), Shape.of(2, 3), 0, 0, 0, 0, 1, 2);
    values(LinearAlgebra.einsum("ij,ij->i", X, X), Shape.of(2), 5, 50);
    values(LinearAlgebra.einsum("iij->j", count(2, 2, 3)), Shape.of(3), 9, 11, 13);
    values(LinearAlgebra.einsum("ij,jk,ik->", X, SQUARE, X), Shape.SCALAR, 732);
    values(
        LinearAlgebra.einsum("bij,bjk->bik", count(2, 1, 2), count(2, 2, 1)),
        Shape.of(2, 1, 1),
        1,
        13);
    values(
        LinearAlgebra.einsum(",i->i", Tensor.scalar(3, DType.FLOAT64), count(2)),
        Shape.of(2),
        0,
        3);
    values(
        LinearAlgebra.einsum(" i j , j k -> i k ", X, X.transpose()),
        Shape.of(2, 2),
        5,
        14,
        14,
        50);
  }

  /// The letter's place in the alphabet decides its size, 2 to 4.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a->a",
        "ab->ba",
        "abc->cab",
        "abc->b",
        "abc->",
        "aa->a",
        "aabb->ab",
        "abab->ba",
        "aaa->",
        "a,a->a",
        "a,b->ba",
        "a,a->",
        "ab,b->a",
        "ab,a->b",
        "ab,bc->ac",
        "ab,cb->ca",
        "ba,bc->",
        "abc,cd->abd",
        "abc,bcd->ad",
        "abc,abd->acd",
        "abcd,dc->ab",
        "abcd,abde->abce",
        "aab,b->a",
        "ab,cd->acbd",
        "ab,bc,cd->ad",
        "ab,bc,ca->",
        "a,b,c->cba",
        "ab,ac,ad->bcd",
        "ab,ab,ab->b",
        "abc,d->dba",
        "ab,c,bd->dac",
        "ABc,cB->A"
      })
  void equalsTheLoop(String equation) {
    String[] sides = equation.split("->", -1);
    String[] inputs = sides[0].split(",");
    Tensor[] operands = new Tensor[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      Shape shape = Shape.of(inputs[i].chars().map(EinsumTest::size).toArray());
      operands[i] = RandomStream.of(i).normal(shape, 0, 1).cast(DType.FLOAT64);
    }
    Tensor result = LinearAlgebra.einsum(equation, operands);
    assertEquals(Shape.of(sides[1].chars().map(EinsumTest::size).toArray()), result.shape());
    assertArrayEquals(
        loop(inputs, sides[1], operands, result.shape()), result.toDoubles(), 1e-12, equation);
  }

  /// An ellipsis means what letters mean once the tensors have been broadcast.
  @ParameterizedTest
  @CsvSource({
    "'...ij,...jk->...ik', 'abij,abjk->abik'",
    "'i...j,jk...->...ki', 'iabj,jkab->abki'",
    "'...ij,...jk', 'abij,abjk->abik'",
    "'...ii->...i', 'abii->abi'",
    "'...ij,...jk,...->...', 'abij,abjk,ab->ab'",
    "'...,...', 'ab,ab->ab'",
    "'i...->...i', 'iab->abi'",
  })
  void ellipsisBroadcasts(String equation, String spelled) {
    String[] terms = spelled.split("->", -1)[0].split(",");
    for (int widened = 0; widened < terms.length; widened++) {
      Tensor[] some = new Tensor[terms.length];
      Tensor[] full = new Tensor[terms.length];
      for (int i = 0; i < terms.length; i++) {
        boolean narrow = i != widened;
        Shape shape =
            Shape.of(terms[i].chars().map(c -> narrow && c == 'a' ? 1 : ofBatch(c)).toArray());
        some[i] = RandomStream.of(i).normal(shape, 0, 1).cast(DType.FLOAT64);
        full[i] =
            some[i].broadcastTo(Shape.of(terms[i].chars().map(EinsumTest::ofBatch).toArray()));
        // A missing leading axis broadcasts as one of size 1 does.
        some[i] = narrow && terms[i].startsWith("ab") ? some[i].squeeze(0) : some[i];
      }
      Tensor wanted = LinearAlgebra.einsum(spelled, full);
      Tensor got = LinearAlgebra.einsum(equation, some);
      assertEquals(wanted.shape(), got.shape());
      assertArrayEquals(wanted.toDoubles(), got.toDoubles(), 1e-12, equation + " " + widened);
    }
  }

  private static int ofBatch(int letter) {
    return letter < 'i' ? size(letter) : 3;
  }

  @Test
  void ellipsisOfNothing() {
    values(LinearAlgebra.einsum("...ij->ij", X), Shape.of(2, 3), 0, 1, 2, 3, 4, 5);
    values(LinearAlgebra.einsum("...i,i...->...", count(3), count(3)), Shape.SCALAR, 5);
    values(LinearAlgebra.einsum("...i,...i", X, count(1, 3)), Shape.of(2), 5, 14);
    values(LinearAlgebra.einsum("...i,...i", count(0, 3), count(1, 3)), Shape.of(0));
  }

  private static int size(int letter) {
    return 2 + letter % 3;
  }

  /// Sums the product of all operands over every assignment of positions to letters.
  private static double[] loop(String[] inputs, String output, Tensor[] operands, Shape shape) {
    Map<Integer, Integer> position = new TreeMap<>();
    String.join("", inputs).chars().forEach(letter -> position.put(letter, 0));
    double[][] elements = Arrays.stream(operands).map(Tensor::toDoubles).toArray(double[][]::new);
    double[] result = new double[shape.size()];
    boolean more = true;
    while (more) {
      double product = 1;
      for (int i = 0; i < inputs.length; i++) {
        product *= elements[i][offset(inputs[i], position)];
      }
      result[offset(output, position)] += product;
      more = false;
      for (var letter : position.entrySet()) {
        int next = (letter.getValue() + 1) % size(letter.getKey());
        letter.setValue(next);
        if (next != 0) {
          more = true;
          break;
        }
      }
    }
    return result;
  }

  private static int offset(String axes, Map<Integer, Integer> position) {
    return axes.chars().reduce(0, (sum, letter) -> sum * size(letter) + position.get(letter));
  }

  @Test
  void emptyAxesSumToZero() {
    values(LinearAlgebra.einsum("ij,jk->ik", count(2, 0), count(0, 1)), Shape.of(2, 1), 0, 0);
    values(LinearAlgebra.einsum("ij->j", count(0, 2)), Shape.of(2), 0, 0);
    values(LinearAlgebra.einsum("ij,jk->ik", count(0, 3), SQUARE), Shape.of(0, 3));
  }

  @Test
  void refused() {
    fails(() -> LinearAlgebra.einsum("ij,jk->ik", X), "einsum", "ij,jk->ik", "1 operands");
    fails(() -> LinearAlgebra.einsum("ij->ji->ij", X), "einsum", "ij->ji->ij");
    fails(() -> LinearAlgebra.einsum("i-j", count(1, 1, 1)), "einsum", "i-j");
    fails(() -> LinearAlgebra.einsum("...j->j", X), "einsum", "...j->j", "ellipsis", "1 axes");
    fails(() -> LinearAlgebra.einsum("..j->j", X), "einsum", "..j->j");
    fails(() -> LinearAlgebra.einsum("...i...->i", X), "einsum", "...i...->i");
    fails(() -> LinearAlgebra.einsum("...ijk", X), "einsum", "'...ijk'", "3 axes", "[2, 3]");
    fails(() -> LinearAlgebra.einsum("...i,...i", X, count(4, 3)), "ellipsis", "2 ≠ 4", "axis -1");
    fails(() -> LinearAlgebra.einsum("i", X), "einsum", "'i'", "1 axes", "FLOAT64[2, 3]");
    fails(() -> LinearAlgebra.einsum("ij,jk", X, X), "einsum", "axis 'j'", "3 and 2");
    fails(() -> LinearAlgebra.einsum("ii", X), "einsum", "axis 'i'", "2 and 3");
    fails(() -> LinearAlgebra.einsum("ij->k", X), "einsum", "'k'", "ij->k");
    fails(() -> LinearAlgebra.einsum("ij->ii", X), "einsum", "'ii'", "once");
    fails(() -> LinearAlgebra.einsum(""), "einsum", "0 operands");
    fails(
        () -> LinearAlgebra.einsum("ij,jk", X, count(3, 1).cast(DType.FLOAT32)),
        "FLOAT32",
        "FLOAT64");
  }
}
