package taut.core.kernels;

/// Rows of the right matrix of a product, `depth` of them, as tiles read them: either where they
/// stand in a row-major matrix, or packed strip after strip, so that a tile reads on without a gap.
///
/// @param rowStep from one row to the next where the panel is not packed
record RightPanel(
    ColumnStrips strips, int depth, float[] data, int offset, int rowStep, boolean packed) {

  /// Returns a panel of the matrix itself.
  static RightPanel inPlace(ColumnStrips strips, int depth, StridedMatrix matrix) {
    return new RightPanel(strips, depth, matrix.data(), matrix.offset(), matrix.rowStep(), false);
  }

  /// Returns a panel for packed strips.
  static RightPanel packed(ColumnStrips strips, int depth, float[] buffer) {
    return new RightPanel(strips, depth, buffer, ThreadBuffer.ALIGNED, 0, true);
  }

  /// Returns how many floats a packed panel needs, alignment included.
  static int packedLength(ColumnStrips strips, int depth) {
    return ThreadBuffer.ALIGNED + depth * strips.column(strips.count());
  }

  /// Returns a strip, to be read or to be packed.
  RightStrip strip(int index) {
    int column = strips.column(index);
    int vectors = strips.vectors(index);
    return new RightStrip(
        depth,
        column,
        vectors,
        data,
        offset + (packed ? depth * column : column),
        packed ? vectors * ColumnStrips.LANES : rowStep,
        strips.lastVector(index));
  }
}
