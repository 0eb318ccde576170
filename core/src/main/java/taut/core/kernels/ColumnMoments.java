package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;

import java.util.Arrays;
import taut.core.ops.Reduction;

/// Finds mean and biased variance of each column of a float32 matrix in one pass over memory.
///
/// Each block of rows is read twice, the second time from the cache: once for its means, once for
/// the squares of what is left without them. The blocks are combined in double (Chan, Golub and
/// LeVeque 1979), so a large mean does not cancel the variance.
final class ColumnMoments {
  private static final ThreadBuffer PARTS = new ThreadBuffer();
  private static final ThreadArray<double[]> MEANS = new ThreadArray<>(double[]::new);
  private static final ThreadArray<double[]> VARIANCES = new ThreadArray<>(double[]::new);

  final double[] means;
  final double[] variances;

  private final WideRows plan;
  private final float[] x;
  private final int offset;

  /// Each block's means, then its sums of squares.
  private final float[] parts;

  private ColumnMoments(WideRows plan, float[] x, int offset) {
    this.plan = plan;
    this.x = x;
    this.offset = offset;
    this.parts = PARTS.zeros(plan.blocks() * 2 * plan.padded());
    this.means = MEANS.atLeast(plan.columns());
    this.variances = VARIANCES.atLeast(plan.columns());
    Arrays.fill(means, 0, plan.columns(), 0);
    Arrays.fill(variances, 0, plan.columns(), 0);
  }

  static ColumnMoments of(WideRows plan, float[] x, int offset, int total) {
    ColumnMoments moments = new ColumnMoments(plan, x, offset);
    Blocks.forEachRow(
        plan.blocks(),
        plan.blockRows() * plan.width(),
        (start, size) -> {
          for (int block = start; block < start + size; block++) {
            moments.block(block);
          }
        });
    moments.combine(total);
    return moments;
  }

  private void block(int block) {
    int rows = plan.rowsOf(block);
    int from = offset + block * plan.blockRows() * plan.width();
    int means = block * 2 * plan.padded();
    int squares = means + plan.padded();
    sum(from, rows, means, plan.whole());
    if (plan.overlaps()) {
      sum(from + plan.last(), rows, means + plan.whole(), COUNT);
    }
    for (int i = means; i < squares; i++) {
      parts[i] /= rows;
    }
    squares(from, rows, means, squares, plan.whole());
    if (plan.overlaps()) {
      squares(from + plan.last(), rows, means + plan.whole(), squares + plan.whole(), COUNT);
    }
  }

  private void sum(int from, int rows, int to, int length) {
    ColumnLoops.accumulate(Reduction.SUM, x, from, plan.width(), rows, parts, to, length);
  }

  private void squares(int from, int rows, int means, int to, int length) {
    NormalizationLoops.squares(x, from, plan.width(), rows, parts, means, to, length);
  }

  private void combine(int total) {
    int count = total / plan.columns();
    forEachPart((column, rows, mean, squares) -> means[column] += rows * mean);
    forEachLeft(total, (column, value) -> means[column] += value);
    for (int column = 0; column < plan.columns(); column++) {
      means[column] /= count;
    }
    forEachPart((column, rows, mean, squares) -> {
      double distance = mean - means[column];
      variances[column] += squares + rows * distance * distance;
    });
    forEachLeft(
        total,
        (column, value) -> {
          double distance = value - means[column];
          variances[column] += distance * distance;
        });
    for (int column = 0; column < plan.columns(); column++) {
      variances[column] /= count;
    }
  }

  private interface Part {
    void take(int column, int rows, double mean, double squares);
  }

  private interface Left {
    void take(int column, double value);
  }

  private void forEachPart(Part part) {
    for (int block = 0; block < plan.blocks(); block++) {
      int rows = plan.rowsOf(block);
      int at = block * 2 * plan.padded();
      int column = 0;
      for (int wide = 0; wide < plan.width(); wide++) {
        int place = at + plan.place(wide);
        part.take(column, rows, parts[place], parts[place + plan.padded()]);
        column = column + 1 == plan.columns() ? 0 : column + 1;
      }
    }
  }

  private void forEachLeft(int total, Left left) {
    for (int i = plan.rest(); i < total; i++) {
      left.take((i - plan.rest()) % plan.columns(), x[offset + i]);
    }
  }
}
