package taut.core.kernels;

import java.util.Arrays;
import taut.core.Storage;

/// The textbook of convolution and pooling: one visit for each product, for every element type.
enum ReferenceSpatialKernels implements SpatialKernels {
  INSTANCE;

  @Override
  public void convolve(SpatialPlan plan, Storage x, Storage kernel, Storage out) {
    double[] sums = new double[out.length()];
    plan.forEachProduct((i, k, o) -> sums[o] += x.get(i) * kernel.get(k));
    store(sums, out);
  }

  @Override
  public void convolveInputGradient(SpatialPlan plan, Storage c, Storage kernel, Storage out) {
    double[] sums = new double[out.length()];
    plan.forEachProduct((i, k, o) -> sums[i] += c.get(o) * kernel.get(k));
    store(sums, out);
  }

  @Override
  public void convolveKernelGradient(SpatialPlan plan, Storage x, Storage c, Storage out) {
    double[] sums = new double[out.length()];
    plan.forEachProduct((i, k, o) -> sums[k] += x.get(i) * c.get(o));
    store(sums, out);
  }

  @Override
  public void maxPoolWinners(SpatialPlan plan, Storage x, Storage out) {
    int[] champions = champions(plan, x);
    for (int o = 0; o < champions.length; o++) {
      out.set(o, champions[o]);
    }
  }

  /// Returns the place of the first largest element under each window, or of the first NaN; -1
  /// where there is only padding.
  private static int[] champions(SpatialPlan plan, Storage x) {
    int channels = plan.channels();
    int[] champions = new int[plan.outputRows() * plan.output()[2] * channels];
    Arrays.fill(champions, -1);
    plan.forEachTap((in, at, o) -> {
      for (int c = 0; c < channels; c++) {
        int champion = champions[o * channels + c];
        double value = x.get(in * channels + c);
        boolean wins =
            champion < 0
                || value > x.get(champion)
                || (Double.isNaN(value) && !Double.isNaN(x.get(champion)));
        if (wins) {
          champions[o * channels + c] = in * channels + c;
        }
      }
    });
    return champions;
  }

  @Override
  public void maxPool(SpatialPlan plan, Storage x, Storage out) {
    int[] champions = champions(plan, x);
    for (int o = 0; o < champions.length; o++) {
      out.set(o, x.get(champions[o]));
    }
  }

  @Override
  public void maxPoolGradient(SpatialPlan plan, Storage x, Storage c, Storage out) {
    int[] champions = champions(plan, x);
    double[] sums = new double[out.length()];
    for (int o = 0; o < champions.length; o++) {
      sums[champions[o]] += c.get(o);
    }
    store(sums, out);
  }

  @Override
  public void averagePool(SpatialPlan plan, Storage x, Storage out) {
    int channels = plan.channels();
    int[] counts = counts(plan);
    double[] means = new double[out.length()];
    plan.forEachTap((in, at, o) -> {
      for (int c = 0; c < channels; c++) {
        means[o * channels + c] += x.get(in * channels + c) / counts[o];
      }
    });
    store(means, out);
  }

  @Override
  public void averagePoolGradient(SpatialPlan plan, Storage c, Storage out) {
    int channels = plan.channels();
    int[] counts = counts(plan);
    double[] sums = new double[out.length()];
    plan.forEachTap((in, at, o) -> {
      for (int i = 0; i < channels; i++) {
        sums[in * channels + i] += c.get(o * channels + i) / counts[o];
      }
    });
    store(sums, out);
  }

  /// Returns how many elements that are no padding each window covers.
  private static int[] counts(SpatialPlan plan) {
    int[] out = plan.output();
    int[] counts = new int[plan.batch() * out[0] * out[1] * out[2]];
    plan.forEachTap((in, at, o) -> counts[o]++);
    return counts;
  }

  private static void store(double[] values, Storage out) {
    for (int i = 0; i < out.length(); i++) {
      out.set(i, values[i]);
    }
  }
}
