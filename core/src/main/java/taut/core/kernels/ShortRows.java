package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.all;
import static taut.core.kernels.Lanes.load;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// Normalizes groups of short rows, as many as a vector has lanes: turned ([TurnedRows]), a vector
/// holds one column of all of them, and sums along a row need no lanes added up.
final class ShortRows {
  /// Up to so many columns this is faster than [RowNormalizationLoops], whose loops do not get
  /// under way in a few vectors.
  static final int LIMIT = 48;

  private static final ThreadLocal<ShortRows> CURRENT = ThreadLocal.withInitial(ShortRows::new);

  private final float[] x = new float[LIMIT * COUNT];
  private final float[] c = new float[LIMIT * COUNT];
  private final float[] slopes = new float[LIMIT * COUNT];
  private final float[] sums = new float[LIMIT * COUNT];

  private ShortRows() {}

  /// Returns this thread's buffers.
  static ShortRows current() {
    return CURRENT.get();
  }

  /// Writes the moments of a group of rows, and the normalized rows, unless sums overflow.
  ///
  /// @param moments where the moments are written: m from `mean` on, r from `inverse` on
  /// @return whether all went well; else nothing but moments has been written
  boolean normalize(
      boolean centred,
      float epsilon,
      float[] from,
      int offset,
      float[] scale,
      int scaleOffset,
      float[] shift,
      int shiftOffset,
      float[] moments,
      int mean,
      int inverse,
      float[] out,
      int outOffset,
      int columns) {
    TurnedRows.turn(from, offset, COUNT, columns, x);
    mean(x, columns, centred).intoArray(moments, mean);
    centre(x, columns, moments, mean, epsilon, inverse);
    for (int row = 0; row < COUNT; row++) {
      if (!Float.isFinite(moments[mean + row]) || !(moments[inverse + row] > 0)) {
        return false;
      }
    }
    scale(x, columns, moments, inverse, scale, scaleOffset, shift, shiftOffset);
    TurnedRows.turnBack(x, out, outOffset, COUNT, columns);
    return true;
  }

  private static FloatVector mean(float[] x, int columns, boolean centred) {
    FloatVector sum = all(0f);
    for (int i = 0; centred && i < columns; i++) {
      sum = sum.add(load(x, i * COUNT));
    }
    return sum.div(columns);
  }

  // Replaces x by x - m, and writes r.
  private static void centre(
      float[] x, int columns, float[] moments, int mean, float epsilon, int inverse) {
    FloatVector squares = all(0f);
    for (int i = 0; i < columns; i++) {
      FloatVector distance = load(x, i * COUNT).sub(load(moments, mean));
      distance.intoArray(x, i * COUNT);
      squares = distance.fma(distance, squares);
    }
    all(1f).div(squares.div(columns).add(epsilon).sqrt()).intoArray(moments, inverse);
  }

  // Replaces x - m by γ·r·(x - m) + β.
  private static void scale(
      float[] x,
      int columns,
      float[] moments,
      int inverse,
      float[] scale,
      int scaleOffset,
      float[] shift,
      int shiftOffset) {
    for (int i = 0; i < columns; i++) {
      FloatVector normal = load(x, i * COUNT).mul(load(moments, inverse));
      normal.fma(all(scale[scaleOffset + i]), all(shift[shiftOffset + i])).intoArray(x, i * COUNT);
    }
  }

  /// Begins new sums of columns, for [#gradient].
  void clear(int columns) {
    Arrays.fill(slopes, 0, columns * COUNT, 0f);
    Arrays.fill(sums, 0, columns * COUNT, 0f);
  }

  /// Writes dx of a group of rows, and adds c·x̂ and c to the sums of each column.
  void gradient(
      boolean centred,
      float[] from,
      int offset,
      float[] scale,
      int scaleOffset,
      float[] moments,
      int mean,
      int inverse,
      float[] cotangent,
      int cOffset,
      float[] dx,
      int dxOffset,
      int columns) {
    TurnedRows.turn(from, offset, COUNT, columns, x);
    TurnedRows.turn(cotangent, cOffset, COUNT, columns, c);
    FloatVector m = load(moments, mean);
    FloatVector r = load(moments, inverse);
    FloatVector sum = all(0f);
    FloatVector product = sum;
    for (int i = 0; i < columns; i++) {
      int at = i * COUNT;
      FloatVector normal = load(x, at).sub(m).mul(r);
      FloatVector arrived = load(c, at);
      normal.intoArray(x, at);
      arrived.fma(normal, load(slopes, at)).intoArray(slopes, at);
      load(sums, at).add(arrived).intoArray(sums, at);
      FloatVector g = arrived.mul(scale[scaleOffset + i]);
      g.intoArray(c, at);
      sum = sum.add(g);
      product = g.fma(normal, product);
    }
    FloatVector common = centred ? sum.div(columns) : all(0f);
    FloatVector along = product.div(columns);
    for (int i = 0; i < columns; i++) {
      int at = i * COUNT;
      FloatVector rest = load(c, at).sub(common).sub(load(x, at).mul(along));
      rest.mul(r).intoArray(x, at);
    }
    TurnedRows.turnBack(x, dx, dxOffset, COUNT, columns);
  }

  /// Adds the sums of columns to the given ones: all Σc·x̂, then all Σc.
  void addTo(float[] totals, int to, int columns) {
    for (int i = 0; i < columns; i++) {
      totals[to + i] += LaneSum.of(load(slopes, i * COUNT));
      totals[to + columns + i] += LaneSum.of(load(sums, i * COUNT));
    }
  }
}
