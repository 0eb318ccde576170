package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.load;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Pooling for FLOAT32: vectors of channels pass along rows of the output, one window element after
/// the other. Rows, and samples where windows may overlap, are shared among threads.
final class VectorPooling {
  private static final int NONE = -1;
  private static final VectorSpecies<Integer> PLACES = IntVector.SPECIES_PREFERRED;
  private static final IntVector LANE_NUMBERS = IntVector.zero(PLACES).addIndex(1);
  private static final ThreadBuffer CHAMPIONS = new ThreadBuffer();
  private static final ThreadBuffer SHARES = new ThreadBuffer();
  private static final ThreadBuffer ONES = new ThreadBuffer();
  private static final ThreadArray<int[]> COUNTS = new ThreadArray<>(int[]::new);

  private final SpatialPlan plan;
  private final int channels;
  private final int inputStep;
  private final int rowLength;
  private final float[] ones;

  VectorPooling(SpatialPlan plan) {
    this.plan = plan;
    this.channels = plan.channels();
    this.inputStep = plan.strides()[2] * channels;
    this.rowLength = plan.output()[2] * channels;
    this.ones = ONES.atLeast(channels);
    Arrays.fill(ones, 0, channels, 1f);
  }

  /// Finds the place of the first largest element under each window, or of the first NaN; -1 where
  /// there is only padding.
  void winners(float[] x, int xOffset, int[] out) {
    Blocks.forEachRow(
        plan.outputRows(),
        workOfRow(),
        (first, rows) -> {
          float[] champions = CHAMPIONS.atLeast(rowLength);
          for (int row = first; row < first + rows; row++) {
            championsOfRow(row, x, xOffset, champions, 0, out, row * rowLength);
          }
        });
  }

  /// Finds the champions of a row of windows, and their places from `to` on.
  void championsOfRow(
      int row, float[] x, int xOffset, float[] champions, int start, int[] places, int to) {
    Arrays.fill(places, to, to + rowLength, NONE);
    int first = row * plan.output()[2];
    plan.forEachTapRow(
        row,
        (in, tap, at, count) -> {
          for (int p = 0; p < count; p++) {
            int column = (at - first + p) * channels;
            int place = in * channels + p * inputStep;
            challenge(x, xOffset, place, champions, start + column, places, to + column);
          }
        });
  }

  /// Lets the elements of one position challenge the champions of an output position.
  private void challenge(
      float[] x, int xOffset, int place, float[] champions, int at, int[] winners, int to) {
    int c = 0;
    for (; c <= channels - COUNT; c += COUNT) {
      FloatVector value = load(x, xOffset + place + c);
      FloatVector champion = load(champions, at + c);
      IntVector winner = IntVector.fromArray(PLACES, winners, to + c);
      // Not at most as large is larger, or NaN on either side; against a NaN nothing wins.
      VectorMask<Float> wins =
          value
              .compare(VectorOperators.LE, champion)
              .not()
              .andNot(champion.test(VectorOperators.IS_NAN))
              .or(winner.compare(VectorOperators.LT, 0).cast(Lanes.SPECIES));
      champion.blend(value, wins).intoArray(champions, at + c);
      IntVector places = LANE_NUMBERS.add(place + c);
      winner.blend(places, wins.cast(PLACES)).intoArray(winners, to + c);
    }
    for (; c < channels; c++) {
      float value = x[xOffset + place + c];
      float champion = champions[at + c];
      boolean larger = !(value <= champion) && !Float.isNaN(champion);
      if (larger || winners[to + c] == NONE) {
        champions[at + c] = value;
        winners[to + c] = place + c;
      }
    }
  }

  /// Averages under each window, padding left out.
  void average(float[] x, int xOffset, float[] out, int outOffset) {
    Blocks.forEachRow(
        plan.outputRows(),
        workOfRow(),
        (first, rows) -> {
          Arrays.fill(
              out, outOffset + first * rowLength, outOffset + (first + rows) * rowLength, 0f);
          int[] counts = COUNTS.atLeast(plan.output()[2]);
          for (int row = first; row < first + rows; row++) {
            plan.forEachTapRow(
                row,
                (in, tap, at, count) ->
                    ChannelLoops.multiplyAdd(
                        count,
                        channels,
                        x,
                        xOffset + in * channels,
                        inputStep,
                        ones,
                        0,
                        out,
                        outOffset + at * channels,
                        channels));
            int at = outOffset + row * rowLength;
            count(row, counts);
            ChannelLoops.divide(plan.output()[2], channels, out, at, counts, out, at);
          }
        });
  }

  /// Spreads each output's cotangent evenly over the elements that were averaged.
  void averageGradient(float[] c, int cOffset, float[] out, int outOffset) {
    int sampleLength = plan.inputPositions() * channels;
    int rowsOfSample = plan.output()[0] * plan.output()[1];
    Blocks.forEachRow(
        plan.batch(),
        Math.max(1, rowsOfSample * workOfRow()),
        (first, samples) -> {
          int start = outOffset + first * sampleLength;
          Arrays.fill(out, start, start + samples * sampleLength, 0f);
          int[] counts = COUNTS.atLeast(plan.output()[2]);
          float[] shares = SHARES.atLeast(rowLength);
          for (int row = first * rowsOfSample; row < (first + samples) * rowsOfSample; row++) {
            count(row, counts);
            int from = row * rowLength;
            ChannelLoops.divide(plan.output()[2], channels, c, cOffset + from, counts, shares, 0);
            plan.forEachTapRow(
                row,
                (in, tap, at, count) ->
                    ChannelLoops.multiplyAdd(
                        count,
                        channels,
                        shares,
                        at * channels - from,
                        channels,
                        ones,
                        0,
                        out,
                        outOffset + in * channels,
                        inputStep));
          }
        });
  }

  /// Counts the elements under the windows of a row.
  private void count(int row, int[] counts) {
    Arrays.fill(counts, 0, plan.output()[2], 0);
    plan.forEachTapRow(
        row,
        (in, tap, at, count) -> {
          int first = at - row * plan.output()[2];
          for (int p = first; p < first + count; p++) {
            counts[p]++;
          }
        });
  }

  private int workOfRow() {
    return Math.max(1, rowLength * plan.taps());
  }
}
