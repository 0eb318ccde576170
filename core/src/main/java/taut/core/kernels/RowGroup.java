package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.all;
import static taut.core.kernels.Lanes.load;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// Adds up as many rows at once as a vector has lanes.
///
/// A loop over a row leaves a vector of partial sums. Adding its lanes takes as long as many a row;
/// here the vectors of a group of rows are transposed, so that all their sums are one vector. The
/// order of the additions of a row does not depend on its place in a group.
final class RowGroup {
  private static final ThreadLocal<RowGroup> FIRST = ThreadLocal.withInitial(RowGroup::new);
  private static final ThreadLocal<RowGroup> SECOND = ThreadLocal.withInitial(RowGroup::new);

  /// The partial sums of each row, one vector a row.
  final float[] lanes = new float[COUNT * COUNT];

  private final float[] turned = new float[COUNT * COUNT];
  private final float[] sums = new float[COUNT];

  private RowGroup() {}

  /// Returns a group of this thread with sums of nothing.
  static RowGroup first() {
    return FIRST.get().cleared();
  }

  /// Returns another one.
  static RowGroup second() {
    return SECOND.get().cleared();
  }

  private RowGroup cleared() {
    Arrays.fill(lanes, 0);
    return this;
  }

  /// Returns the sum of each row divided by a number, in an array that stays this group's.
  float[] means(int count) {
    BlockTranspose.copy(COUNT, COUNT, lanes, 0, COUNT, turned, 0, COUNT);
    FloatVector even = all(0f);
    FloatVector odd = even;
    for (int lane = 0; lane < COUNT; lane += 2) {
      even = even.add(load(turned, lane * COUNT));
      odd = odd.add(load(turned, (lane + 1) * COUNT));
    }
    even.add(odd).div(count).intoArray(sums, 0);
    return sums;
  }
}
