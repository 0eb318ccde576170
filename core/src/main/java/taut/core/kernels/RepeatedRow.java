package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;

/// Holds a row that is combined with every row of a matrix, in a form that whole vectors can read.
///
/// A short row is copied side by side until it fills whole vectors: of 10 columns and 16 lanes, 32
/// rows are one of 320. A longer one is copied only if a vector would read behind the end of its
/// array.
///
/// @param values the array
/// @param offset where the row begins
/// @param length its length
record RepeatedRow(float[] values, int offset, int length) {
  /// Rows shorter than this are copied side by side.
  private static final int SHORT = 256;

  /// One row is combined at a time.
  private static final ThreadBuffer COPIES = new ThreadBuffer();

  /// Takes the row of `length` elements of an operand, to be combined with `rows` rows.
  static RepeatedRow of(BroadcastOperand row, int length, int rows) {
    if (length < SHORT) {
      int together = COUNT / Integer.lowestOneBit(length | COUNT);
      int copies = Math.min(rows, Math.ceilDiv(Math.ceilDiv(SHORT, length), together) * together);
      float[] repeated = COPIES.atLeast(padded(copies * length));
      for (int i = 0; i < copies; i++) {
        System.arraycopy(row.array(), row.offset(), repeated, i * length, length);
      }
      return new RepeatedRow(repeated, 0, copies * length);
    }
    if (row.hasRoom(0, padded(length))) {
      return new RepeatedRow(row.array(), row.offset(), length);
    }
    float[] copy = COPIES.atLeast(padded(length));
    System.arraycopy(row.array(), row.offset(), copy, 0, length);
    return new RepeatedRow(copy, 0, length);
  }

  /// Returns the length of the vectors that hold so many elements.
  static int padded(int length) {
    return Math.ceilDiv(length, COUNT) * COUNT;
  }

  /// Returns the row as an operand.
  Operand operand() {
    return new Operand(values, offset, 1);
  }
}
