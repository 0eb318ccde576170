package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.all;
import static taut.core.kernels.Lanes.load;

import java.util.Arrays;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;

/// Changes float32 arrays in place: sums of gradients, and filling.
///
/// Long arrays are split among threads at fixed places.
public final class VectorUpdate {
  private VectorUpdate() {}

  /// Adds x to `into`.
  ///
  /// @throws IndexOutOfBoundsException when a range leaves its array
  public static void add(float[] x, int xOffset, float[] into, int intoOffset, int length) {
    scaledAdd(1f, x, xOffset, into, intoOffset, length);
  }

  /// Adds `alpha·x` to `into`, each sum rounded once.
  ///
  /// @throws IndexOutOfBoundsException when a range leaves its array
  public static void scaledAdd(
      float alpha, float[] x, int xOffset, float[] into, int intoOffset, int length) {
    Objects.checkFromIndexSize(xOffset, length, x.length);
    Objects.checkFromIndexSize(intoOffset, length, into.length);
    Blocks.forEach(
        length,
        (start, size) -> scaledAddBlock(alpha, x, xOffset + start, into, intoOffset + start, size));
  }

  private static void scaledAddBlock(
      float alpha, float[] x, int xOffset, float[] into, int intoOffset, int length) {
    FloatVector factor = all(alpha);
    int i = 0;
    for (; i <= length - COUNT; i += COUNT) {
      load(x, xOffset + i).fma(factor, load(into, intoOffset + i)).intoArray(into, intoOffset + i);
    }
    for (; i < length; i++) {
      into[intoOffset + i] = Math.fma(alpha, x[xOffset + i], into[intoOffset + i]);
    }
  }

  /// Sets `length` elements to one value.
  ///
  /// @throws IndexOutOfBoundsException when the range leaves its array
  public static void fill(float value, float[] into, int intoOffset, int length) {
    Objects.checkFromIndexSize(intoOffset, length, into.length);
    Blocks.forEach(
        length,
        (start, size) -> Arrays.fill(into, intoOffset + start, intoOffset + start + size, value));
  }
}
