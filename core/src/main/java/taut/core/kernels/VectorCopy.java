package taut.core.kernels;

import java.util.Arrays;

/// Copies float32 elements along a [Walk], and back: transposing, slicing, flipping, repeating.
///
/// A walk is taken as many matrices over two of its axes: the last one, and one along which the
/// storage is contiguous. If that is the last itself, rows are copied; if not, the matrix is
/// transposed in blocks that stay in registers; and if there is none, elements are copied one by
/// one. Bands of rows are shared among threads.
final class VectorCopy {
  private final Walk walk;

  /// The axis of the rows of a matrix, -1 if the walk has no axis but the last.
  private final int rowAxis;

  private final int rows;
  private final int columns;
  private final int rowStride;
  private final int columnStride;
  private final int rowStep;

  VectorCopy(Walk walk) {
    this.walk = walk;
    int last = walk.rank() - 1;
    this.columns = walk.dim(last);
    this.columnStride = walk.stride(last);
    this.rowAxis = rowAxis(walk);
    this.rows = rowAxis < 0 ? 1 : walk.dim(rowAxis);
    this.rowStride = rowAxis < 0 ? 0 : walk.stride(rowAxis);
    this.rowStep = rowAxis < 0 ? 0 : walk.step(rowAxis);
  }

  private static int rowAxis(Walk walk) {
    int last = walk.rank() - 1;
    if (walk.stride(last) != 1) {
      for (int axis = last - 1; axis >= 0; axis--) {
        if (walk.stride(axis) == 1) {
          return axis;
        }
      }
    }
    return last - 1;
  }

  /// Copies the elements that the walk visits to `out`, in its order.
  void gather(float[] x, int xOffset, float[] out, int outOffset) {
    forEachBand(
        (start, position, count) -> gather(x, xOffset + start, out, outOffset + position, count));
  }

  private void gather(float[] x, int from, float[] out, int to, int count) {
    if (columnStride == 1) {
      ColumnCopy.copy(count, columns, x, from, rowStride, out, to, rowStep);
    } else if (rowStride == 1) {
      BlockTranspose.copy(columns, count, x, from, columnStride, out, to, rowStep);
    } else if (columnStride == 0) {
      for (int row = 0; row < count; row++) {
        int start = to + row * rowStep;
        Arrays.fill(out, start, start + columns, x[from + row * rowStride]);
      }
    } else {
      for (int row = 0; row < count; row++) {
        for (int column = 0; column < columns; column++) {
          out[to + row * rowStep + column] = x[from + row * rowStride + column * columnStride];
        }
      }
    }
  }

  /// Copies the elements of x in order to where the walk leads.
  void scatter(float[] x, int xOffset, float[] out, int outOffset) {
    forEachBand(
        (start, position, count) -> scatter(x, xOffset + position, out, outOffset + start, count));
  }

  private void scatter(float[] x, int from, float[] out, int to, int count) {
    if (columnStride == 1) {
      ColumnCopy.copy(count, columns, x, from, rowStep, out, to, rowStride);
    } else if (rowStride == 1) {
      BlockTranspose.copy(count, columns, x, from, rowStep, out, to, columnStride);
    } else {
      for (int row = 0; row < count; row++) {
        for (int column = 0; column < columns; column++) {
          out[to + row * rowStride + column * columnStride] = x[from + row * rowStep + column];
        }
      }
    }
  }

  /// Takes some rows of a matrix: where they begin in the storage, and in the order of the walk.
  private interface Band {
    /// Works on `count` rows.
    void copy(int start, int position, int count);
  }

  private void forEachBand(Band band) {
    if (walk.size() == 0) {
      return;
    }
    int matrices = walk.size() / rows / columns;
    int height = Math.min(rows, Math.max(64, Blocks.SIZE / columns));
    int bands = Math.ceilDiv(rows, height);
    Blocks.forEachRow(
        matrices * bands,
        height * columns,
        (first, count) -> {
          for (int unit = first; unit < first + count; unit++) {
            forBand(unit / bands, unit % bands * height, height, band);
          }
        });
  }

  private void forBand(int matrix, int firstRow, int height, Band band) {
    int start = walk.offset() + firstRow * rowStride;
    int position = firstRow * rowStep;
    int rest = matrix;
    for (int axis = walk.rank() - 2; axis >= 0; axis--) {
      if (axis != rowAxis) {
        int index = rest % walk.dim(axis);
        rest /= walk.dim(axis);
        start += index * walk.stride(axis);
        position += index * walk.step(axis);
      }
    }
    band.copy(start, position, Math.min(height, rows - firstRow));
  }
}
