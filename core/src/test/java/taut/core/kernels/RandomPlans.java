package taut.core.kernels;

import java.util.Arrays;
import java.util.Random;

/// Makes windows that move over inputs in awkward ways: 1 to 3 spatial axes, sizes down to 1,
/// strides beyond the window, dilation, padding on both sides, groups.
final class RandomPlans {
  private RandomPlans() {}

  /// Returns a plan with so many input channels and filters a group.
  static SpatialPlan plan(Random random, int channels, int filters, int groups) {
    int[] input = {1, 1, 1};
    int[] window = {1, 1, 1};
    int[] output = {1, 1, 1};
    int[] strides = {1, 1, 1};
    int[] dilations = {1, 1, 1};
    int[] before = {0, 0, 0};
    int rank = 1 + random.nextInt(3);
    for (int axis = 3 - rank; axis < 3; axis++) {
      window[axis] = 1 + random.nextInt(rank == 3 ? 2 : 4);
      dilations[axis] = random.nextInt(3) == 0 ? 2 : 1;
      strides[axis] = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1;
      int span = (window[axis] - 1) * dilations[axis] + 1;
      before[axis] = random.nextBoolean() ? random.nextInt(span) : 0;
      int after = random.nextBoolean() ? random.nextInt(span) : 0;
      int least = Math.max(1, span - before[axis] - after);
      input[axis] = least + random.nextInt(rank == 1 ? 40 : rank == 2 ? 12 : 5);
      int room = input[axis] + before[axis] + after - span;
      output[axis] = room / strides[axis] + 1;
    }
    int batch = random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(9);
    return new SpatialPlan(
        batch,
        input,
        channels * groups,
        window,
        output,
        filters * groups,
        strides,
        dilations,
        before,
        groups);
  }

  /// Describes a plan, for a failed test.
  static String describe(SpatialPlan plan) {
    return "batch %d, input %s, channels %d, window %s, output %s, filters %d, strides %s, dilations %s, before %s, groups %d"
        .formatted(
            plan.batch(),
            Arrays.toString(plan.input()),
            plan.channels(),
            Arrays.toString(plan.window()),
            Arrays.toString(plan.output()),
            plan.filters(),
            Arrays.toString(plan.strides()),
            Arrays.toString(plan.dilations()),
            Arrays.toString(plan.before()),
            plan.groups());
  }
}
