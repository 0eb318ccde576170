package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;

import java.util.Arrays;
import taut.core.FloatStorage;
import taut.core.Storage;

/// What runs of batch normalization: SIMD loops for FLOAT32, the reference for FLOAT64.
///
/// Forward reads x twice, once for the moments and once to normalize; backward reads x and the
/// gradient twice. Sums are accumulated in float32 over a block of rows and in double across the
/// blocks, in their order, so that the number of threads does not matter.
enum VectorNormalizationKernels implements NormalizationKernels {
  INSTANCE;

  private static final ThreadBuffer ROWS = new ThreadBuffer();
  private static final ThreadArray<double[]> SUMS = new ThreadArray<>(double[]::new);
  private static final ThreadArray<double[]> PRODUCTS = new ThreadArray<>(double[]::new);
  private static final ThreadArray<double[]> INVERSES = new ThreadArray<>(double[]::new);

  private final NormalizationKernels reference = ReferenceNormalizationKernels.INSTANCE;

  @Override
  public void normalize(
      double epsilon, Storage x, Storage scale, Storage shift, Storage moments, Storage out) {
    if (x instanceof FloatStorage xs && out instanceof FloatStorage os) {
      if (scale.length() > 0) {
        normalize(epsilon, xs, scale, shift, moments, os);
      }
    } else {
      reference.normalize(epsilon, x, scale, shift, moments, out);
    }
  }

  private static void normalize(
      double epsilon,
      FloatStorage x,
      Storage scale,
      Storage shift,
      Storage moments,
      FloatStorage out) {
    int columns = scale.length();
    int total = x.length();
    WideRows plan = WideRows.of(columns, total);
    ColumnMoments found = ColumnMoments.of(plan, x.array(), x.offset(), total);
    int width = plan.padded();
    // Means, factors, shifts.
    float[] rows = ROWS.atLeast(3 * width);
    for (int column = 0; column < columns; column++) {
      moments.set(column, found.means[column]);
      moments.set(columns + column, found.variances[column]);
    }
    for (int i = 0; i < width; i++) {
      int column = plan.column(i);
      rows[i] = (float) found.means[column];
      rows[width + i] = (float) (scale.get(column) / Math.sqrt(found.variances[column] + epsilon));
      rows[2 * width + i] = (float) shift.get(column);
    }
    float[] from = x.array();
    float[] to = out.array();
    Blocks.forEachRow(
        plan.rows(),
        plan.width(),
        (start, size) -> {
          for (int row = start; row < start + size; row++) {
            int i = x.offset() + row * plan.width();
            int o = out.offset() + row * plan.width();
            NormalizationLoops.normalize(from, i, to, o, rows, 0, width, plan.whole());
            if (plan.overlaps()) {
              i += plan.last();
              o += plan.last();
              NormalizationLoops.normalize(from, i, to, o, rows, plan.whole(), width, COUNT);
            }
          }
        });
    for (int i = plan.rest(); i < total; i++) {
      int place = plan.place((i - plan.rest()) % columns);
      float centred = from[x.offset() + i] - rows[place];
      to[out.offset() + i] = Math.fma(centred, rows[width + place], rows[2 * width + place]);
    }
  }

  @Override
  public void gradients(
      double epsilon,
      Storage x,
      Storage scale,
      Storage moments,
      Storage c,
      Storage dx,
      Storage dscale,
      Storage dshift) {
    if (x instanceof FloatStorage xs
        && c instanceof FloatStorage cs
        && dx instanceof FloatStorage ds) {
      if (scale.length() > 0) {
        gradients(epsilon, xs, scale, moments, cs, ds, dscale, dshift);
      }
    } else {
      reference.gradients(epsilon, x, scale, moments, c, dx, dscale, dshift);
    }
  }

  private static void gradients(
      double epsilon,
      FloatStorage x,
      Storage scale,
      Storage moments,
      FloatStorage c,
      FloatStorage dx,
      Storage dscale,
      Storage dshift) {
    int columns = scale.length();
    int total = x.length();
    int count = total / columns;
    WideRows plan = WideRows.of(columns, total);
    int width = plan.padded();
    // Means, what is subtracted, what is subtracted of x, factors.
    float[] rows = ROWS.atLeast(4 * width);
    for (int i = 0; i < width; i++) {
      rows[i] = (float) moments.get(plan.column(i));
    }
    double[] sums = SUMS.atLeast(columns);
    double[] products = PRODUCTS.atLeast(columns);
    Arrays.fill(sums, 0, columns, 0);
    Arrays.fill(products, 0, columns, 0);
    NormalizationSums.find(plan, x, c, rows, sums, products);
    double[] inverses = INVERSES.atLeast(columns);
    for (int column = 0; column < columns; column++) {
      inverses[column] = 1 / Math.sqrt(moments.get(columns + column) + epsilon);
      dscale.set(column, count == 0 ? 0 : inverses[column] * products[column]);
      dshift.set(column, sums[column]);
    }
    for (int i = 0; i < width; i++) {
      int column = plan.column(i);
      double inverse = inverses[column];
      rows[width + i] = (float) (sums[column] / count);
      rows[2 * width + i] = (float) (inverse * inverse * products[column] / count);
      rows[3 * width + i] = (float) (inverse * scale.get(column));
    }
    write(plan, x, c, rows, dx);
  }

  private static void write(
      WideRows plan, FloatStorage x, FloatStorage c, float[] rows, FloatStorage dx) {
    int width = plan.padded();
    float[] xs = x.array();
    float[] cs = c.array();
    float[] to = dx.array();
    Blocks.forEachRow(
        plan.rows(),
        plan.width(),
        (start, size) -> {
          for (int row = start; row < start + size; row++) {
            int at = row * plan.width();
            int i = x.offset() + at;
            int j = c.offset() + at;
            int o = dx.offset() + at;
            NormalizationLoops.gradient(cs, j, xs, i, to, o, rows, 0, width, plan.whole());
            if (plan.overlaps()) {
              i += plan.last();
              j += plan.last();
              o += plan.last();
              int last = plan.whole();
              NormalizationLoops.gradient(cs, j, xs, i, to, o, rows, last, width, COUNT);
            }
          }
        });
    for (int i = plan.rest(); i < x.length(); i++) {
      int place = plan.place((i - plan.rest()) % plan.columns());
      float centred = xs[x.offset() + i] - rows[place];
      float rest = cs[c.offset() + i] - rows[width + place] - centred * rows[2 * width + place];
      to[dx.offset() + i] = rest * rows[3 * width + place];
    }
  }
}
