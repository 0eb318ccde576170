package taut.core.kernels;

import jdk.incubator.vector.FloatVector;

/// How the columns of a product are cut into the strips that tiles cover.
///
/// With v the least number of vectors that cover the columns, strips are three vectors wide, and
/// two at the end where v is not a multiple of three: 4 is 2 + 2 and not 3 + 1, as a tile one
/// vector wide loads more often than it multiplies. The last vector ends with the last column;
/// where that needs it, it shares columns with the vector before it, always in the same tile. Fewer
/// columns than a vector has lanes make one strip that its vector sticks out of.
record ColumnStrips(int columns) {
  /// The lanes of a vector.
  static final int LANES = FloatVector.SPECIES_PREFERRED.length();

  /// The vectors of a wide strip; what is left over gets two, or one if that is all.
  static final int WIDEST = 3;

  /// Returns how many strips there are.
  int count() {
    int wide = wide();
    return wide + (vectors() - WIDEST * wide + 1) / 2;
  }

  /// Returns how many vectors cover a strip.
  int vectors(int strip) {
    int wide = wide();
    return strip < wide ? WIDEST : Math.min(2, vectors() - WIDEST * wide);
  }

  /// Returns the first column of a strip, or the number of all columns, rounded up to vectors, for
  /// the strip behind the last.
  int column(int strip) {
    int wide = wide();
    int vectors =
        strip < wide ? WIDEST * strip : Math.min(vectors(), WIDEST * wide + 2 * (strip - wide));
    return LANES * vectors;
  }

  /// Returns where the last vector of a strip starts, counted from the strip's first column.
  int lastVector(int strip) {
    return Math.min(LANES * (vectors(strip) - 1), columns - LANES - column(strip));
  }

  /// Tells whether the columns do not fill even one vector.
  boolean areNarrow() {
    return columns < LANES;
  }

  private int vectors() {
    return (columns + LANES - 1) / LANES;
  }

  private int wide() {
    int vectors = vectors();
    return vectors % WIDEST == 1 ? Math.max(0, vectors / WIDEST - 1) : vectors / WIDEST;
  }
}
