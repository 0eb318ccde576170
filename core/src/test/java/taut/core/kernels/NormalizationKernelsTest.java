package taut.core.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import taut.core.DType;
import taut.core.Shape;
import taut.core.Tensor;

/// SIMD batch normalization against the plain loops in FLOAT64.
class NormalizationKernelsTest {
  private static final double EPSILON = 1e-3;
  private static final int[] ROWS = {0, 1, 2, 5, 16, 37, 100, 1033};
  private static final int[] COLUMNS = {0, 1, 3, 10, 15, 16, 17, 33, 64, 127, 129, 200, 301};
  private static final NormalizationKernels KERNELS = NormalizationKernels.active();

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
      this.moments = x.dtype() == DType.FLOAT32 ? fresh(2, scale.size()) : wide(2, scale.size());
      this.out = x.copy();
      this.dx = x.copy();
      this.dscale = scale.copy();
      this.dshift = scale.copy();
    }

    static Work of(float[] x, int columns) {
      Shape shape = Shape.of(columns == 0 ? 0 : x.length / columns, columns);
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

    Work run(NormalizationKernels kernels) {
      kernels.normalize(
          EPSILON, x.storage(), scale.storage(), shift.storage(), moments.storage(), out.storage());
      kernels.gradients(
          EPSILON,
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

    private static Tensor fresh(int... dims) {
      Shape shape = Shape.of(dims);
      return Tensor.of(shape, new float[shape.size()]);
    }

    private static Tensor wide(int... dims) {
      Shape shape = Shape.of(dims);
      return Tensor.of(shape, new double[shape.size()]);
    }
  }

  @Test
  void agreesWithTheReference() {
    assertInstanceOf(VectorNormalizationKernels.class, KERNELS);
    int checked = 0;
    for (int rows : ROWS) {
      for (int columns : COLUMNS) {
        Work work = Work.of(AwkwardFloats.finite(rows * columns, rows), columns);
        Work exact = work.precise().run(ReferenceNormalizationKernels.INSTANCE);
        work.run(KERNELS);
        for (int i = 0; i < work.results().length; i++) {
          double[] wanted = exact.results()[i].toDoubles();
          // Of no elements the largest is -∞, and of no rows a mean is NaN.
          double scale = rows * columns == 0 ? 1 : 1 + exact.results()[i].abs().max().item();
          String what = "result " + i + " of " + rows + "x" + columns;
          assertArrayEquals(wanted, work.results()[i].toDoubles(), 2e-5 * scale, what);
          checked += wanted.length;
        }
      }
    }
    assertTrue(checked > 1_000_000, "checked only " + checked);
  }

  @Test
  void aLargeMeanDoesNotCancelTheVariance() {
    for (int columns : new int[] {3, 64, 129}) {
      float[] x = AwkwardFloats.finite(1033 * columns, 1);
      for (int i = 0; i < x.length; i++) {
        x[i] = 1000 + x[i] / 8;
      }
      // An outlier in front must not spoil it either.
      x[0] = -1000;
      Work work = Work.of(x, columns);
      double[] wanted =
          work.precise().run(ReferenceNormalizationKernels.INSTANCE).moments.toDoubles();
      double[] got = work.run(KERNELS).moments.toDoubles();
      for (int i = 0; i < wanted.length; i++) {
        assertEquals(wanted[i], got[i], 1e-4 * wanted[i], "moment " + i + " of " + columns);
      }
    }
  }

  @Test
  void whatIsNoNumberStaysInItsColumn() {
    for (int columns : new int[] {3, 33, 129}) {
      for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
        float[] x = AwkwardFloats.finite(100 * columns, 1);
        x[50 * columns + columns - 1] = value;
        Work work = Work.of(x, columns).run(KERNELS);
        for (Tensor result : new Tensor[] {work.moments, work.out, work.dx, work.dscale}) {
          float[] elements = result.toFloats();
          for (int i = 0; i < elements.length; i++) {
            boolean infinite = result == work.moments && i < columns && !Float.isNaN(value);
            boolean last = i % columns == columns - 1;
            assertEquals(last, !Float.isFinite(elements[i]), "element " + i + " of " + columns);
            assertEquals(last && !infinite, Float.isNaN(elements[i]), "element " + i);
          }
        }
      }
    }
  }

  @Test
  void doesNotDependOnTheNumberOfThreads() {
    int threads = Parallel.threads();
    try {
      for (int columns : new int[] {3, 64, 129, 1000}) {
        float[] x = AwkwardFloats.finite(400_000 / columns * columns, 3);
        Parallel.setThreads(1);
        Work one = Work.of(x, columns).run(KERNELS);
        Parallel.setThreads(2);
        Work two = Work.of(x, columns).run(KERNELS);
        for (int i = 0; i < one.results().length; i++) {
          assertArrayEquals(one.results()[i].toFloats(), two.results()[i].toFloats());
        }
      }
    } finally {
      Parallel.setThreads(threads);
    }
  }
}
