package taut.core.kernels;

/// Some columns of the right matrix of a product, as wide as a tile.
///
/// @param depth the rows, which is the length of the sums
/// @param column the strip's first column in the panel and in the result
/// @param vectors how many vectors cover a row
/// @param data holds row p from `offset + p * step` on
/// @param lastVector where the last vector of a row starts, counted from the row's first element;
///   it may share columns with the vector before it, which a tile then computes in both
record RightStrip(
    int depth, int column, int vectors, float[] data, int offset, int step, int lastVector) {}
