package taut.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import taut.core.DType;
import taut.core.Op;
import taut.core.Rearrangements;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.ops.Cholesky;
import taut.core.ops.Cofactors;
import taut.core.ops.Determinant;
import taut.core.ops.Inverse;
import taut.core.ops.QrFactor;
import taut.core.ops.RightSingularVectors;
import taut.core.ops.SingularValues;
import taut.core.ops.Solve;
import taut.core.ops.SymmetricEigenvalues;
import taut.core.ops.SymmetricEigenvectors;

/// The cases of linear algebra, on matrices that are well conditioned and whose eigenvalues differ.
final class MatrixCases {
  private static final int[][] BATCHES = {{}, {2}, {0}};

  private final Draw draw = new Draw(5);
  private final List<OpCase> cases = new ArrayList<>();

  static List<OpCase> all() {
    MatrixCases made = new MatrixCases();
    for (int[] batch : BATCHES) {
      made.square(batch);
      made.tall(batch);
    }
    made.singular();
    made.large();
    return made.cases;
  }

  private void add(Op op, Tensor... inputs) {
    cases.add(OpCase.of(inputs[0].shape().toString(), op, inputs));
  }

  private void square(int[] batch) {
    for (int n : new int[] {1, 3, 4}) {
      Tensor a = matrices(batch, n, n);
      add(Inverse.INSTANCE, a);
      add(Solve.INSTANCE, a, draw.any(shape(batch, n, 2)));
      add(new Determinant(false), a);
      add(Cofactors.INSTANCE, a);
      add(new Determinant(true), a);
      // Not symmetric on purpose: the symmetric part counts.
      add(Cholesky.INSTANCE, a);
      add(SymmetricEigenvalues.INSTANCE, a);
      add(SymmetricEigenvectors.INSTANCE, a);
    }
  }

  /// Ranks n - 1 to n - 3, alone and beside a matrix that has an inverse.
  private void singular() {
    Tensor line = Tensor.of(Shape.of(3, 3), 1.0, 2, 3, 2, 4, 6, 0.5, 1, 1.5);
    Tensor plane = Tensor.of(Shape.of(3, 3), 1.0, 2, 3, 2, 4, 6, 1, -1, 1);
    Tensor none = Tensor.full(Shape.of(3, 3), 0, DType.FLOAT64);
    Tensor both = Rearrangements.stack(0, plane, matrices(new int[0], 3, 3));
    Tensor four = plane.pad(new int[][] {{0, 1}, {0, 1}}, 1);
    for (Tensor a : List.of(line, plane, none, both, four, none.slice(0, 0, 1).slice(1, 0, 1))) {
      add(new Determinant(false), a);
      add(Cofactors.INSTANCE, a);
    }
  }

  /// Beyond the size up to which the derivatives of cofactors come from minors.
  private void large() {
    Tensor regular = matrices(new int[0], 9, 9).mul(0.2);
    Tensor singular = Rearrangements.concat(0, regular.slice(0, 0, 8), regular.slice(0, 0, 1));
    add(new Determinant(false), regular);
    add(Cofactors.INSTANCE, regular);
    add(Cofactors.INSTANCE, Rearrangements.stack(0, regular, singular));
  }

  private void tall(int[] batch) {
    for (int[] size : new int[][] {{3, 3}, {5, 3}, {4, 1}}) {
      Tensor a = matrices(batch, size[0], size[1]);
      add(QrFactor.INSTANCE, a);
      add(SingularValues.INSTANCE, a);
      add(RightSingularVectors.INSTANCE, a);
    }
  }

  /// Draws small elements and adds a diagonal of 1.5, 3, 4.5, …
  private Tensor matrices(int[] batch, int rows, int columns) {
    double[] diagonal = new double[rows * columns];
    for (int i = 0; i < columns; i++) {
      diagonal[i * columns + i] = 1.5 * (i + 1);
    }
    Tensor large = Tensor.of(Shape.of(rows, columns), diagonal);
    return draw.any(shape(batch, rows, columns)).mul(0.15).add(large);
  }

  private static int[] shape(int[] batch, int rows, int columns) {
    int[] dims = Arrays.copyOf(batch, batch.length + 2);
    dims[batch.length] = rows;
    dims[batch.length + 1] = columns;
    return dims;
  }
}
