package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;

import taut.core.FloatStorage;

/// Adds up, for each column, what the gradient of a batch normalization needs: Σc and Σ c·(x - m),
/// in one pass over both matrices.
final class NormalizationSums {
  private static final ThreadBuffer PARTS = new ThreadBuffer();

  private NormalizationSums() {}

  /// Adds to the sums and the products of each column.
  ///
  /// @param means a row of coefficients
  static void find(
      WideRows plan,
      FloatStorage x,
      FloatStorage c,
      float[] means,
      double[] sums,
      double[] products) {
    float[] xs = x.array();
    float[] cs = c.array();
    int padded = plan.padded();
    float[] parts = PARTS.zeros(plan.blocks() * 2 * padded);
    Blocks.forEachRow(
        plan.blocks(),
        plan.blockRows() * plan.width(),
        (start, size) -> {
          for (int block = start; block < start + size; block++) {
            int at = block * plan.blockRows() * plan.width();
            add(plan, xs, x.offset() + at, cs, c.offset() + at, block, means, parts);
          }
        });
    for (int block = 0; block < plan.blocks(); block++) {
      int column = 0;
      for (int wide = 0; wide < plan.width(); wide++) {
        int place = block * 2 * padded + plan.place(wide);
        sums[column] += parts[place];
        products[column] += parts[place + padded];
        column = column + 1 == plan.columns() ? 0 : column + 1;
      }
    }
    for (int i = plan.rest(); i < x.length(); i++) {
      int column = (i - plan.rest()) % plan.columns();
      double cotangent = cs[c.offset() + i];
      sums[column] += cotangent;
      products[column] += cotangent * (xs[x.offset() + i] - means[plan.place(column)]);
    }
  }

  private static void add(
      WideRows plan,
      float[] x,
      int xOffset,
      float[] c,
      int cOffset,
      int block,
      float[] means,
      float[] parts) {
    int rows = plan.rowsOf(block);
    int width = plan.width();
    int padded = plan.padded();
    int to = block * 2 * padded;
    NormalizationLoops.products(
        c, cOffset, x, xOffset, width, rows, means, 0, parts, to, padded, plan.whole());
    if (plan.overlaps()) {
      int last = plan.whole();
      NormalizationLoops.products(
          c,
          cOffset + plan.last(),
          x,
          xOffset + plan.last(),
          width,
          rows,
          means,
          last,
          parts,
          to + last,
          padded,
          COUNT);
    }
  }
}
