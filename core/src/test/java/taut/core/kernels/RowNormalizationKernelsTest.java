package taut.core.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import taut.core.DType;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// SIMD row normalization against the plain loops in FLOAT64.
class RowNormalizationKernelsTest {
  private static final double EPSILON = 1e-3;
  private static final int[] ROWS = {0, 1, 2, 5, 17, 37, 1033};
  private static final int[] COLUMNS = {0, 1, 3, 10, 15, 16, 17, 33, 64, 127, 200, 301};
  private static final RowNormalizationKernels KERNELS = RowNormalizationKernels.active();

  /// Inputs, and what is made of them.
  private static final class Work {
    final Tensor x;
    final Tensor c;
    final Tensor scale;
    final Tensor shift;
    final Tensor moments;
    final Tensor out;
    final Tensor dx;
    final Tensor dscale;
    final Tensor dshift;

    private Work(Tensor x, Tensor c, Tensor scale, Tensor shift) {
      this.x = x;
      this.c = c;
      this.scale = scale;
      this.shift = shift;
      this.moments = Tensor.allocate(new TensorSpec(Shape.of(2, x.dim(0)), x.dtype()));
      this.out = x.copy();
      this.dx = x.copy();
      this.dscale = scale.copy();
      this.dshift = scale.copy();
    }

    static Work of(float[] x, int rows, int columns) {
      Shape shape = Shape.of(rows, columns);
      return new Work(
          Tensor.of(shape, x),
          Tensor.of(shape, AwkwardFloats.finite(x.length, 8)),
          Tensor.vector(AwkwardFloats.finite(columns, 9)),
          Tensor.vector(AwkwardFloats.finite(columns, 10)));
    }

    Work precise() {
      DType type = DType.FLOAT64;
      return new Work(x.cast(type), c.cast(type), scale.cast(type), shift.cast(type));
    }

    Work run(RowNormalizationKernels kernels, boolean centred) {
      kernels.normalize(
          centred,
          EPSILON,
          x.storage(),
          scale.storage(),
          shift.storage(),
          moments.storage(),
          out.storage());
      kernels.gradients(
          centred,
          x.storage(),
          scale.storage(),
          moments.storage(),
          c.storage(),
          dx.storage(),
          dscale.storage(),
          dshift.storage());
      return this;
    }

    Tensor[] results() {
      return new Tensor[] {moments, out, dx, dscale, dshift};
    }
  }

  @Test
  void agreesWithTheReference() {
    assertInstanceOf(VectorRowNormalizationKernels.class, KERNELS);
    int checked = 0;
    for (int rows : ROWS) {
      for (int columns : COLUMNS) {
        for (boolean centred : new boolean[] {true, false}) {
          checked +=
              check(Work.of(AwkwardFloats.finite(rows * columns, rows), rows, columns), centred);
        }
      }
    }
    assertTrue(checked > 3_000_000, "checked only " + checked);
  }

  @Test
  void longRowsAreAddedUpInBlocks() {
    int columns = 3 * RowReduce.BLOCK + 7;
    assertTrue(check(Work.of(AwkwardFloats.finite(3 * columns, 1), 3, columns), true) > 0);
  }

  private static int check(Work work, boolean centred) {
    Work exact = work.precise().run(ReferenceRowNormalizationKernels.INSTANCE, centred);
    work.run(KERNELS, centred);
    int checked = 0;
    for (int i = 0; i < work.results().length; i++) {
      double[] wanted = exact.results()[i].toDoubles();
      // Of no elements the largest is -∞, and of no columns a mean is NaN.
      double scale = work.x.size() == 0 ? 1 : 1 + exact.results()[i].abs().max().item();
      String what = "result " + i + " of " + work.x.spec() + (centred ? " centred" : "");
      assertArrayEquals(wanted, work.results()[i].toDoubles(), 1e-5 * scale, what);
      checked += wanted.length;
    }
    return checked;
  }

  @Test
  void neitherALargeMeanNorLargeElementsSpoilTheDeviation() {
    // Short rows go in groups, long ones alone.
    for (int columns : new int[] {20, 129}) {
      int rows = 51;
      float[] x = AwkwardFloats.finite(rows * columns, 1);
      for (int i = 0; i < x.length; i++) {
        int kind = i / columns % 3;
        // The squares of the second kind overflow, and the sum of the third.
        float large = i % 2 == 0 ? 3.1e38f : 2.9e38f;
        x[i] = kind == 0 ? 1000 + x[i] / 8 : kind == 1 ? x[i] * 1e25f : large;
      }
      Work work = Work.of(x, rows, columns);
      double[] wanted =
          work.precise().run(ReferenceRowNormalizationKernels.INSTANCE, true).moments.toDoubles();
      double[] got = work.run(KERNELS, true).moments.toDoubles();
      for (int i = 0; i < wanted.length; i++) {
        assertEquals(wanted[i], got[i], 1e-5 * Math.abs(wanted[i]), "moment " + i);
      }
    }
  }

  @Test
  void whatIsNoNumberStaysInItsRow() {
    for (int columns : new int[] {3, 33, 129}) {
      for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
        float[] x = AwkwardFloats.finite(51 * columns, 1);
        x[50 * columns + columns - 1] = value;
        Work work = Work.of(x, 51, columns).run(KERNELS, true);
        for (Tensor result : new Tensor[] {work.out, work.dx}) {
          float[] elements = result.toFloats();
          for (int i = 0; i < elements.length; i++) {
            assertEquals(i >= 50 * columns, Float.isNaN(elements[i]), "element " + i);
          }
        }
        for (float element : work.dscale.toFloats()) {
          assertTrue(Float.isNaN(element));
        }
        for (float element : work.dshift.toFloats()) {
          assertTrue(Float.isFinite(element));
        }
      }
    }
  }

  @Test
  void doesNotDependOnTheNumberOfThreads() {
    int threads = Parallel.threads();
    try {
      for (int columns : new int[] {3, 64, 129, 1000}) {
        int rows = 400_000 / columns;
        float[] x = AwkwardFloats.finite(rows * columns, 3);
        Parallel.setThreads(1);
        Work one = Work.of(x, rows, columns).run(KERNELS, true);
        Parallel.setThreads(2);
        Work two = Work.of(x, rows, columns).run(KERNELS, true);
        for (int i = 0; i < one.results().length; i++) {
          assertArrayEquals(one.results()[i].toFloats(), two.results()[i].toFloats());
        }
      }
    } finally {
      Parallel.setThreads(threads);
    }
  }
}
