package taut.core.kernels;

import static jdk.incubator.vector.VectorOperators.GT;
import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.all;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Runs functions of two arguments over arrays: one plain loop per function.
///
/// All of them write `f(x, y)` to `out[outOffset + i]` for a `length` that is a whole number of
/// vectors; [VectorBinary] sees to that and to the rest. The reason for a loop of its own per
/// function is that of [ElementaryLoops].
final class BinaryLoops {
  private BinaryLoops() {}

  static void add(Operand x, Operand y, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      x.load(i).add(y.load(i)).intoArray(out, outOffset + i);
    }
  }

  static void subtract(Operand x, Operand y, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      x.load(i).sub(y.load(i)).intoArray(out, outOffset + i);
    }
  }

  static void multiply(Operand x, Operand y, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      x.load(i).mul(y.load(i)).intoArray(out, outOffset + i);
    }
  }

  static void divide(Operand x, Operand y, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      x.load(i).div(y.load(i)).intoArray(out, outOffset + i);
    }
  }

  static void minimum(Operand x, Operand y, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      x.load(i).min(y.load(i)).intoArray(out, outOffset + i);
    }
  }

  static void maximum(Operand x, Operand y, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      x.load(i).max(y.load(i)).intoArray(out, outOffset + i);
    }
  }

  static void leakyRelu(Operand x, Operand y, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      FloatVector argument = x.load(i);
      FloatVector scaled = argument.mul(y.load(i));
      scaled.blend(argument, argument.compare(GT, 0f)).intoArray(out, outOffset + i);
    }
  }

  static void elu(Operand x, Operand y, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      VectorActivation.elu(x.load(i), y.load(i)).intoArray(out, outOffset + i);
    }
  }

  static void reluGradient(Operand x, Operand y, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      all(0f).blend(x.load(i), y.load(i).compare(GT, 0f)).intoArray(out, outOffset + i);
    }
  }

  static void sigmoidGradient(Operand x, Operand y, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      FloatVector value = y.load(i);
      FloatVector slope = value.mul(all(1f).sub(value));
      x.load(i).mul(slope).intoArray(out, outOffset + i);
    }
  }

  static void tanhGradient(Operand x, Operand y, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      FloatVector value = y.load(i);
      FloatVector slope = all(1f).sub(value.mul(value));
      x.load(i).mul(slope).intoArray(out, outOffset + i);
    }
  }

  static void timesSign(Operand x, Operand y, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      x.load(i).mul(VectorActivation.sign(y.load(i))).intoArray(out, outOffset + i);
    }
  }

  static void squaredDifference(Operand x, Operand y, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      FloatVector difference = x.load(i).sub(y.load(i));
      difference.mul(difference).intoArray(out, outOffset + i);
    }
  }

  static void squareGradient(Operand x, Operand y, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      x.load(i).mul(y.load(i)).mul(2f).intoArray(out, outOffset + i);
    }
  }

  static void xlogy(Operand x, Operand y, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      FloatVector factor = x.load(i);
      FloatVector product = VectorLog.log(y.load(i)).mul(factor);
      product.blend(0f, factor.compare(VectorOperators.EQ, 0f)).intoArray(out, outOffset + i);
    }
  }
}
