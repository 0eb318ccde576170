package taut.core.kernels;

import static taut.core.kernels.Lanes.all;
import static taut.core.kernels.Lanes.load;

import java.util.Arrays;
import java.util.BitSet;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Keeps padding out of convolutions that are computed as products of matrices.
///
/// [Patches] hold 0 over padding, and 0 times NaN or infinity is NaN, where a convolution has no
/// product at all. That can only happen at outputs whose window reaches over padding, and only if
/// the other factor is not finite. One pass over that factor tells; such outputs are then left to
/// plain loops.
final class PaddingProducts {
  private static final ThreadLocal<BitSet> SPOILED = ThreadLocal.withInitial(BitSet::new);
  private static final ThreadBuffer SUMS = new ThreadBuffer();

  private final SpatialPlan plan;
  private final boolean pads;
  private final int groupChannels;
  private final int groupFilters;

  /// The outputs along the last axis, from the first to before the last, whose window stays inside.
  private final int low;

  private final int high;

  PaddingProducts(SpatialPlan plan) {
    this.plan = plan;
    this.groupChannels = plan.channels() / plan.groups();
    this.groupFilters = plan.filters() / plan.groups();
    this.pads = reachesOut(plan, 0) || reachesOut(plan, 1) || reachesOut(plan, 2);
    int width = plan.output()[2];
    int span = (plan.window()[2] - 1) * plan.dilations()[2];
    int room = plan.input()[2] - span + plan.before()[2];
    this.low = Math.min(width, Math.ceilDiv(plan.before()[2], plan.strides()[2]));
    this.high = Math.clamp(Math.ceilDiv(room, plan.strides()[2]), low, width);
  }

  /// Tells whether the first or the last window along an axis reaches over padding.
  private static boolean reachesOut(SpatialPlan plan, int axis) {
    return isOutside(plan, axis, 0) || isOutside(plan, axis, plan.output()[axis] - 1);
  }

  private static boolean isOutside(SpatialPlan plan, int axis, int output) {
    int start = output * plan.strides()[axis] - plan.before()[axis];
    int last = start + (plan.window()[axis] - 1) * plan.dilations()[axis];
    return start < 0 || last >= plan.input()[axis];
  }

  /// Tells whether a kernel would make products with padding that are not 0.
  boolean spoil(float[] kernel, int offset, int length) {
    return pads && !areFinite(kernel, offset, length);
  }

  /// Tells whether no value is NaN or infinite.
  static boolean areFinite(float[] values, int offset, int length) {
    // x - x is 0, or NaN where x is not finite.
    FloatVector sum = all(0);
    int i = 0;
    for (; i <= length - Lanes.COUNT; i += Lanes.COUNT) {
      FloatVector x = load(values, offset + i);
      sum = sum.add(x.sub(x));
    }
    boolean finite = !sum.test(VectorOperators.IS_NAN).anyTrue();
    for (; i < length; i++) {
      finite &= Float.isFinite(values[offset + i]);
    }
    return finite;
  }

  /// Returns the outputs from `first` to before `end`, counted from `first`, whose window reaches
  /// over padding and whose cotangents, `plan.filters()` each, are not all finite. The set is this
  /// thread's own until the next call.
  BitSet spoiled(float[] cotangents, int offset, int first, int end) {
    BitSet spoiled = SPOILED.get();
    spoiled.clear();
    int filters = plan.filters();
    if (pads) {
      forEachRun(
          first,
          end,
          (from, to) -> {
            if (!areFinite(cotangents, offset + from * filters, (to - from) * filters)) {
              for (int output = from; output < to; output++) {
                int start = offset + output * filters;
                spoiled.set(output - first, !areFinite(cotangents, start, filters));
              }
            }
          });
    }
    return spoiled;
  }

  /// Computes the outputs from `first` to before `end` whose window reaches over padding.
  void convolve(
      float[] x,
      int xOffset,
      float[] kernel,
      int kernelOffset,
      int first,
      int end,
      float[] out,
      int outOffset) {
    int filters = plan.filters();
    float[] sums = SUMS.atLeast(filters);
    forEachRun(
        first,
        end,
        (from, to) -> {
          for (int output = from; output < to; output++) {
            Arrays.fill(sums, 0, filters, 0f);
            plan.forEachTapAt(
                output,
                (in, tap, at) -> {
                  int row = tap * groupChannels;
                  for (int c = 0; c < plan.channels(); c++) {
                    int filter = c / groupChannels * groupFilters;
                    int start = kernelOffset + (row + c % groupChannels) * filters + filter;
                    float factor = x[xOffset + in * plan.channels() + c];
                    addMultiple(groupFilters, factor, kernel, start, sums, filter);
                  }
                });
            System.arraycopy(sums, 0, out, outOffset + output * filters, filters);
          }
        });
  }

  /// Adds what one output contributes to the gradient of the kernel; the kernels of all groups
  /// stand one after the other.
  void addKernelGradient(
      float[] x,
      int xOffset,
      float[] cotangents,
      int offset,
      int output,
      float[] sums,
      int sumsOffset) {
    int groupLength = plan.taps() * groupChannels * groupFilters;
    plan.forEachTapAt(
        output,
        (in, tap, at) -> {
          for (int c = 0; c < plan.channels(); c++) {
            int group = c / groupChannels;
            int row = tap * groupChannels + c % groupChannels;
            int to = sumsOffset + group * groupLength + row * groupFilters;
            int from = offset + output * plan.filters() + group * groupFilters;
            float factor = x[xOffset + in * plan.channels() + c];
            addMultiple(groupFilters, factor, cotangents, from, sums, to);
          }
        });
  }

  /// Adds a multiple of some elements to others: a loop that compilers turn into vectors.
  private static void addMultiple(
      int count, float factor, float[] x, int start, float[] sums, int sumsStart) {
    for (int i = 0; i < count; i++) {
      sums[sumsStart + i] += factor * x[start + i];
    }
  }

  /// Takes outputs that are neighbours along the last axis.
  private interface Run {
    void visit(int from, int to);
  }

  /// Visits the outputs from `first` to before `end`, counted over all samples, whose window
  /// reaches over padding. There are no divisions for single outputs, which are many.
  private void forEachRun(int first, int end, Run run) {
    int[] output = plan.output();
    int width = output[2];
    for (int row = width == 0 ? 0 : first / width; row * width < end; row++) {
      int start = row * width;
      int from = Math.max(first, start);
      int to = Math.min(end, start + width);
      int h = row % output[1];
      int d = row / output[1] % output[0];
      boolean whole = isOutside(plan, 0, d) || isOutside(plan, 1, h);
      int leftEnd = whole ? to : Math.min(to, start + low);
      int rightStart = whole ? to : Math.max(from, start + high);
      if (from < leftEnd) {
        run.visit(from, leftEnd);
      }
      if (Math.max(rightStart, leftEnd) < to) {
        run.visit(Math.max(rightStart, leftEnd), to);
      }
    }
  }
}
