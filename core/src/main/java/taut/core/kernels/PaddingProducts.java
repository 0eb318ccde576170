package taut.core.kernels;

import static taut.core.kernels.Lanes.all;
import static taut.core.kernels.Lanes.load;

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
  private final SpatialPlan plan;
  private final boolean pads;

  /// The outputs along the last axis, from the first to before the last, whose window stays inside.
  private final int low;

  private final int high;

  PaddingProducts(SpatialPlan plan) {
    this.plan = plan;
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
  /// over padding and whose cotangents, `plan.filters()` each, are not all finite.
  BitSet spoiled(float[] cotangents, int offset, int first, int end) {
    BitSet spoiled = new BitSet();
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
    double[] sums = new double[filters];
    forEachRun(
        first,
        end,
        (from, to) -> {
          for (int output = from; output < to; output++) {
            int start = output * filters;
            plan.forEachProductAt(
                output,
                (i, k, o) -> sums[o - start] += (double) x[xOffset + i] * kernel[kernelOffset + k]);
            for (int f = 0; f < filters; f++) {
              out[outOffset + start + f] = (float) sums[f];
              sums[f] = 0;
            }
          }
        });
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
