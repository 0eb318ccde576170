package taut.core.kernels;

/// A matrix inside an array: element (i, j) stands at `offset + i * rowStep + j * columnStep`.
///
/// A transpose is the same array with the two steps swapped, so the product needs neither a copy of
/// a transposed operand nor a second kernel for it.
record StridedMatrix(float[] data, int offset, int rowStep, int columnStep) {

  /// Returns op(X) with so many rows and columns, where X is stored row-major: as it is, or
  /// transposed, with the two sizes swapped.
  static StridedMatrix of(float[] data, int offset, int rows, int columns, boolean transposed) {
    return transposed
        ? new StridedMatrix(data, offset, 1, rows)
        : new StridedMatrix(data, offset, columns, 1);
  }

  /// Returns where element (row, column) stands in the array.
  int index(int row, int column) {
    return offset + row * rowStep + column * columnStep;
  }

  /// Returns the transpose, which shares the array.
  StridedMatrix transpose() {
    return new StridedMatrix(data, offset, columnStep, rowStep);
  }

  /// Returns the matrix that begins at element (row, column) of this one and shares its array.
  StridedMatrix from(int row, int column) {
    return new StridedMatrix(data, index(row, column), rowStep, columnStep);
  }
}
