package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.all;
import static taut.core.kernels.Lanes.load;

import jdk.incubator.vector.FloatVector;

/// The loops that recurrent cells of every kind have between their products, over the rows of one
/// step; loops end with single elements, computed with the same operations.
final class GateLoops {
  private GateLoops() {}

  /// Adds a bias to each row.
  static void add(
      int rows, int width, float[] x, int from, float[] bias, int start, float[] sums, int to) {
    for (int row = 0; row < rows; row++) {
      int at = row * width;
      int k = 0;
      for (; k <= width - COUNT; k += COUNT) {
        load(x, from + at + k).add(load(bias, start + k)).intoArray(sums, to + at + k);
      }
      for (; k < width; k++) {
        sums[to + at + k] = x[from + at + k] + bias[start + k];
      }
    }
  }

  /// Bends the pre-activations of some gates, `count` of each row from `start` on, by the logistic
  /// function.
  static void sigmoid(int rows, int width, float[] gates, int start, int count) {
    for (int row = 0; row < rows; row++) {
      int at = start + row * width;
      int k = 0;
      for (; k <= count - COUNT; k += COUNT) {
        VectorMath.sigmoid(load(gates, at + k)).intoArray(gates, at + k);
      }
      for (; k < count; k++) {
        gates[at + k] = sigmoid(gates[at + k]);
      }
    }
  }

  /// Bends the pre-activations of some gates by the hyperbolic tangent.
  static void tanh(int rows, int width, float[] gates, int start, int count) {
    for (int row = 0; row < rows; row++) {
      int at = start + row * width;
      int k = 0;
      for (; k <= count - COUNT; k += COUNT) {
        VectorMath.tanh(load(gates, at + k)).intoArray(gates, at + k);
      }
      for (; k < count; k++) {
        gates[at + k] = tanh(gates[at + k]);
      }
    }
  }

  /// Takes gradients back through the hyperbolic tangent, in place: gradient∘(1 - bent²).
  static void tanhGradient(int count, float[] bent, int from, float[] gradient, int at) {
    int k = 0;
    for (; k <= count - COUNT; k += COUNT) {
      FloatVector y = load(bent, from + k);
      load(gradient, at + k).mul(y.neg().fma(y, all(1f))).intoArray(gradient, at + k);
    }
    for (; k < count; k++) {
      gradient[at + k] *= Math.fma(-bent[from + k], bent[from + k], 1f);
    }
  }

  /// Computes what the vectors do, so that a value does not depend on where it stands.
  static float sigmoid(float x) {
    return VectorMath.sigmoid(all(x)).lane(0);
  }

  /// Computes what the vectors do.
  static float tanh(float x) {
    return VectorMath.tanh(all(x)).lane(0);
  }
}
