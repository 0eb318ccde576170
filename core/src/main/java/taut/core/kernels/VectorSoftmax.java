package taut.core.kernels;

/// Computes softmax and log-softmax of the rows of a float32 matrix, and their gradients.
///
/// The largest element m of a row is subtracted first, so that nothing overflows. A row that holds
/// NaN or `+Inf`, or nothing but `-Inf`, is NaN throughout, as the formula gives. All matrices are
/// `[rows, classes]`; results may take the place of an argument. Many rows are split among threads.
public final class VectorSoftmax {
  // One exponential is worth about this many additions.
  private static final int WORK = 4;

  private VectorSoftmax() {}

  /// Computes `exp(x - m) / Σ exp(x - m)` of each row.
  public static void softmax(
      float[] x, int xOffset, float[] out, int outOffset, int rows, int classes) {
    FewClasses.forEachRow(
        rows,
        WORK * classes,
        classes,
        (few, row, count) ->
            few.softmax(x, xOffset + row * classes, out, outOffset + row * classes, count),
        row -> {
          int from = xOffset + row * classes;
          int to = outOffset + row * classes;
          float maximum = SoftmaxRow.maximum(x, from, classes);
          float sum = SoftmaxRow.exponentials(x, from, out, to, classes, maximum);
          SoftmaxRow.scale(out, to, classes, 1 / sum);
        });
  }

  /// Computes `x - m - log Σ exp(x - m)` of each row.
  public static void logSoftmax(
      float[] x, int xOffset, float[] out, int outOffset, int rows, int classes) {
    FewClasses.forEachRow(
        rows,
        WORK * classes,
        classes,
        (few, row, count) ->
            few.logSoftmax(x, xOffset + row * classes, out, outOffset + row * classes, count),
        row -> {
          int from = xOffset + row * classes;
          float maximum = SoftmaxRow.maximum(x, from, classes);
          float sum = SoftmaxRow.sumOfExponentials(x, from, classes, maximum);
          float logSum = (float) Math.log(sum);
          SoftmaxRow.subtract(x, from, out, outOffset + row * classes, classes, maximum, logSum);
        });
  }

  /// Computes `y·(c - Σ c·y)` of each row: the gradient of softmax, given its value y and the
  /// cotangent c.
  public static void softmaxGradient(
      float[] c,
      int cOffset,
      float[] y,
      int yOffset,
      float[] out,
      int outOffset,
      int rows,
      int classes) {
    Blocks.forEachRow(
        rows,
        classes,
        (start, size) -> {
          for (int row = start; row < start + size; row++) {
            int at = row * classes;
            float dot = SoftmaxRow.dot(c, cOffset + at, y, yOffset + at, classes);
            SoftmaxRow.softmaxGradient(
                c, cOffset + at, y, yOffset + at, out, outOffset + at, classes, dot);
          }
        });
  }

  /// Computes `c - exp(y)·Σ c` of each row: the gradient of log-softmax, given its value y and the
  /// cotangent c.
  public static void logSoftmaxGradient(
      float[] c,
      int cOffset,
      float[] y,
      int yOffset,
      float[] out,
      int outOffset,
      int rows,
      int classes) {
    Blocks.forEachRow(
        rows,
        WORK * classes,
        (start, size) -> {
          for (int row = start; row < start + size; row++) {
            int at = row * classes;
            float sum = RowReduce.sum(c, cOffset + at, classes);
            SoftmaxRow.logSoftmaxGradient(
                c, cOffset + at, y, yOffset + at, out, outOffset + at, classes, sum);
          }
        });
  }
}
