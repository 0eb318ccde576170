package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;

/// Vectors of each thread in which element-wise kernels put what does not fill or repeat by itself:
/// a scalar that is held, and the last few elements of an argument.
///
/// What stands in one is needed until the kernel returns, and no such kernel calls another.
enum SpareVectors {
  /// The first argument, if it is one value.
  HELD_FIRST,
  /// The second argument, if it is one value.
  HELD_SECOND,
  /// The last elements of the first argument.
  LAST_FIRST,
  /// The last elements of the second argument.
  LAST_SECOND,
  /// The last results.
  RESULTS;

  private static final ThreadBuffer VECTORS = new ThreadBuffer();
  private static final int LENGTH = values().length * COUNT;

  /// Where the vector stands in [#array()].
  final int offset = ordinal() * COUNT;

  /// Returns this thread's vectors, with any content.
  static float[] array() {
    return VECTORS.atLeast(LENGTH);
  }
}
