package taut.core.kernels;

/// The product that reads both matrices where they stand: for a right matrix that stays in the
/// second cache, or that is read too few times to pay for packing.
final class DirectMatMul {
  /// The longest sum made in one go; longer ones are cut, so that a strip stays in the cache and
  /// rounding errors grow with the number of pieces.
  private static final int MOST_DEPTH = 1024;

  private DirectMatMul() {}

  /// Computes C = A·B or C += A·B, where A has m rows and k columns and B is row-major with n
  /// columns, at least as many as a vector has lanes.
  static void multiply(
      int m, int n, int k, StridedMatrix a, StridedMatrix b, StridedMatrix c, boolean accumulate) {
    ColumnStrips strips = new ColumnStrips(n);
    BlockGrid.of(m, strips, k)
        .forEach((firstRow, endRow, firstStrip, endStrip) -> {
          StridedMatrix result = c.from(firstRow, 0);
          for (int p = 0; p < k; p += MOST_DEPTH) {
            TileLoop.multiply(
                a.from(firstRow, p),
                RightPanel.inPlace(strips, Math.min(MOST_DEPTH, k - p), b.from(p, 0)),
                result,
                endRow - firstRow,
                firstStrip,
                endStrip,
                accumulate || p > 0);
          }
        });
  }
}
