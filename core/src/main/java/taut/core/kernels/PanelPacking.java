package taut.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Copies rows of the right matrix of a product into a packed panel.
///
/// Columns that a strip has beyond the last one of the matrix are left with any content: the lanes
/// that read them are not part of the result.
final class PanelPacking {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private PanelPacking() {}

  /// Packs one strip of the matrix, whose first element is the panel's first.
  static void pack(StridedMatrix matrix, RightPanel panel, int index) {
    RightStrip strip = panel.strip(index);
    int columns = Math.min(strip.step(), panel.strips().columns() - strip.column());
    StridedMatrix from = matrix.from(0, strip.column());
    if (from.columnStep() == 1) {
      copyRows(columns, from, strip);
    } else {
      BlockTranspose.copy(
          columns,
          strip.depth(),
          from.data(),
          from.offset(),
          from.columnStep(),
          strip.data(),
          strip.offset(),
          strip.step());
    }
  }

  private static void copyRows(int columns, StridedMatrix from, RightStrip strip) {
    int rows = strip.depth();
    int width = strip.vectors() * LANES;
    // Whole vectors may take elements from beyond their row, but not from beyond the array.
    int room = from.data().length - width - from.offset();
    int safe = room < 0 ? 0 : Math.min(rows, room / from.rowStep() + 1);
    copyVectors(
        safe,
        width,
        from.data(),
        from.offset(),
        from.rowStep(),
        strip.data(),
        strip.offset(),
        strip.step());
    for (int row = safe; row < rows; row++) {
      System.arraycopy(
          from.data(),
          from.index(row, 0),
          strip.data(),
          strip.offset() + row * strip.step(),
          columns);
    }
  }

  private static void copyVectors(
      int rows,
      int width,
      float[] from,
      int fromOffset,
      int fromStep,
      float[] to,
      int toOffset,
      int toStep) {
    for (int column = 0; column < width; column += LANES) {
      for (int row = 0; row < rows; row++) {
        FloatVector.fromArray(SPECIES, from, fromOffset + row * fromStep + column)
            .intoArray(to, toOffset + row * toStep + column);
      }
    }
  }
}
