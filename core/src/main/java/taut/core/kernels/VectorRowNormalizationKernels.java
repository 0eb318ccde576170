package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;

import taut.core.FloatStorage;
import taut.core.Storage;

/// What runs of row normalization: SIMD loops for FLOAT32, the reference for FLOAT64.
///
/// Each row is read from memory once and then from the cache: for its mean, for the squares of what
/// is left without it, so that a large mean does not cancel the variance, and to be written. The
/// gradients of scale and shift are added up in float32 over a block of rows, in the pass that
/// writes the gradient of x, and in double across the blocks, in their order; so the number of
/// threads does not matter.
enum VectorRowNormalizationKernels implements RowNormalizationKernels {
  INSTANCE;

  /// The elements of a block of the gradient, and the rows: enough for its sums of columns to be
  /// small beside it, few enough for sums in float32.
  private static final int BLOCK = 1 << 15;

  private static final int FEWEST_ROWS = 16;
  private static final int MOST_ROWS = 256;

  // The passes over one element are worth about this many additions.
  private static final int WORK = 2;

  private static final ThreadBuffer SUMS = new ThreadBuffer();

  private final RowNormalizationKernels reference = ReferenceRowNormalizationKernels.INSTANCE;

  @Override
  public void normalize(
      boolean centred,
      double epsilon,
      Storage x,
      Storage scale,
      Storage shift,
      Storage moments,
      Storage out) {
    if (!(x instanceof FloatStorage xs
        && scale instanceof FloatStorage factors
        && shift instanceof FloatStorage shifts
        && moments instanceof FloatStorage numbers
        && out instanceof FloatStorage results)) {
      reference.normalize(centred, epsilon, x, scale, shift, moments, out);
      return;
    }
    int columns = scale.length();
    float[] gamma = factors.array();
    float[] beta = shifts.array();
    float[] from = xs.array();
    float[] to = results.array();
    RowMoments found = new RowMoments(centred, epsilon, xs, columns, numbers);
    Blocks.forEachRow(
        moments.length() / 2,
        WORK * columns,
        (start, size) -> {
          for (int first = start; first < start + size; first += COUNT) {
            int end = Math.min(first + COUNT, start + size);
            if (end - first == COUNT
                && columns <= ShortRows.LIMIT
                && ShortRows.current()
                    .normalize(
                        centred,
                        (float) epsilon,
                        from,
                        xs.offset() + first * columns,
                        gamma,
                        factors.offset(),
                        beta,
                        shifts.offset(),
                        found.array(),
                        found.means() + first,
                        found.inverses() + first,
                        to,
                        results.offset() + first * columns,
                        columns)) {
              continue;
            }
            found.find(first, end - first);
            for (int row = first; row < end; row++) {
              RowNormalizationLoops.normalize(
                  from,
                  xs.offset() + row * columns,
                  found.mean(row),
                  found.inverse(row),
                  gamma,
                  factors.offset(),
                  beta,
                  shifts.offset(),
                  to,
                  results.offset() + row * columns,
                  columns);
            }
          }
        });
  }

  @Override
  public void gradients(
      boolean centred,
      Storage x,
      Storage scale,
      Storage moments,
      Storage c,
      Storage dx,
      Storage dscale,
      Storage dshift) {
    if (!(x instanceof FloatStorage xs
        && scale instanceof FloatStorage factors
        && moments instanceof FloatStorage numbers
        && c instanceof FloatStorage cs
        && dx instanceof FloatStorage ds)) {
      reference.gradients(centred, x, scale, moments, c, dx, dscale, dshift);
      return;
    }
    int columns = scale.length();
    if (columns == 0) {
      return;
    }
    int rows = moments.length() / 2;
    int blockRows = Math.clamp(BLOCK / columns, FEWEST_ROWS, MOST_ROWS);
    int blocks = Math.ceilDiv(rows, blockRows);
    float[] sums = SUMS.zeros(blocks * 2 * columns);
    RowGradients gradients = new RowGradients(centred, xs, factors, numbers, cs, ds, sums);
    Blocks.forEachRow(
        blocks,
        WORK * blockRows * columns,
        (start, size) -> {
          for (int block = start; block < start + size; block++) {
            int first = block * blockRows;
            int end = Math.min(first + blockRows, rows);
            gradients.write(first, end, block * 2 * columns);
          }
        });
    for (int column = 0; column < columns; column++) {
      double slope = 0;
      double sum = 0;
      for (int block = 0; block < blocks; block++) {
        slope += sums[block * 2 * columns + column];
        sum += sums[(block * 2 + 1) * columns + column];
      }
      dscale.set(column, slope);
      dshift.set(column, sum);
    }
  }
}
