package taut.training.datasets;

import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.training.Dataset;

/// Points on two circles about the origin, to be told apart: a problem that no straight line
/// solves.
///
/// A sample is a point, `[2]`; the target, `[1]`, is 1 for the inner circle and 0 for the outer
/// one.
public final class Circles {
  /// The radius of the inner circle unless told otherwise; that of the outer one is 1.
  public static final double DEFAULT_FACTOR = 0.8;

  private Circles() {}

  /// Makes points evenly spaced on both circles, half of them on each, in random order and with
  /// normally distributed noise.
  ///
  /// This is scikit-learn's `make_circles`; the random numbers are Taut's.
  ///
  /// @param samples the number of points; an odd one goes to the inner circle
  /// @param noise the standard deviation of the noise on each coordinate, 0 or more
  /// @param factor the radius of the inner circle, from 0 up to, not including, 1
  /// @param random the order and the noise
  public static Dataset make(int samples, double noise, double factor, RandomStream random) {
    if (samples < 0 || !(noise >= 0) || !(factor >= 0 && factor < 1)) {
      throw new IllegalArgumentException(
          "circles: wants samples ≥ 0, noise ≥ 0 and 0 ≤ factor < 1, got samples "
              + samples
              + ", noise "
              + noise
              + " and factor "
              + factor);
    }
    int outer = samples / 2;
    int inner = samples - outer;
    int[] order = random.permutation(samples);
    float[] shift = random.normal(Shape.of(samples, 2), 0, noise).toFloats();
    float[] x = new float[2 * samples];
    float[] y = new float[samples];
    for (int i = 0; i < samples; i++) {
      boolean isInner = order[i] >= outer;
      double radius = isInner ? factor : 1;
      double turn = isInner ? (order[i] - outer) / (double) inner : order[i] / (double) outer;
      x[2 * i] = (float) (radius * Math.cos(2 * Math.PI * turn) + shift[2 * i]);
      x[2 * i + 1] = (float) (radius * Math.sin(2 * Math.PI * turn) + shift[2 * i + 1]);
      y[i] = isInner ? 1 : 0;
    }
    return Dataset.of(Tensor.of(Shape.of(samples, 2), x), Tensor.of(Shape.of(samples, 1), y));
  }

  /// Returns the 100 points of the field's tutorials, made with noise 0.1 and factor 0.8.
  ///
  /// They train on the first 30 and test on the other 70.
  public static Dataset published() {
    return CsvTable.read("circles.csv").lastColumnIsTarget();
  }
}
