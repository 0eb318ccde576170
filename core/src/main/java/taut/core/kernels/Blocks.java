package taut.core.kernels;

/// Splits the elements, or the rows, of one long array among threads, always at the same places.
///
/// The borders depend on the sizes only, so a result does not depend on the number of threads.
final class Blocks {
  /// The number of elements in a block; a multiple of every vector length.
  static final int SIZE = 1 << 15;

  /// From this many elements on, work is split: below, the hand-over to another thread costs more
  /// than it saves.
  static final int PARALLEL_FROM = 1 << 18;

  private Blocks() {}

  /// Does the work on one block.
  interface Body {
    /// Works on `size` elements, or rows, from the one numbered `start` on.
    void run(int start, int size);
  }

  /// Runs `body` for the elements 0 to `length - 1`: all at once, or block by block on several
  /// threads.
  static void forEach(int length, Body body) {
    forEachRow(length, 1, body);
  }

  /// Runs `body` for the rows 0 to `rows - 1`, each of them worth `elements` elements of simple
  /// work.
  static void forEachRow(int rows, int elements, Body body) {
    if ((long) rows * elements < PARALLEL_FROM) {
      body.run(0, rows);
      return;
    }
    int size = Math.max(1, SIZE / elements);
    Parallel.forEach(
        Math.ceilDiv(rows, size),
        block -> {
          int start = block * size;
          body.run(start, Math.min(size, rows - start));
        });
  }
}
