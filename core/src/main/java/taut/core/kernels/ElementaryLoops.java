package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.all;
import static taut.core.kernels.Lanes.load;

import jdk.incubator.vector.FloatVector;

/// Runs arithmetic and elementary functions over arrays: one plain loop per function.
///
/// A loop that took the function as an argument would call it through an interface and box every
/// vector, so each function has its own, and only here. All of them write `f(x[xOffset + i])` to
/// `out[outOffset + i]` for a `length` that is a whole number of vectors; [VectorUnary] sees to
/// that and to the rest. In place is fine: an element is read before it is written.
final class ElementaryLoops {
  private ElementaryLoops() {}

  static void negate(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      load(x, xOffset + i).neg().intoArray(out, outOffset + i);
    }
  }

  static void abs(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      load(x, xOffset + i).abs().intoArray(out, outOffset + i);
    }
  }

  static void square(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      FloatVector value = load(x, xOffset + i);
      value.mul(value).intoArray(out, outOffset + i);
    }
  }

  static void sqrt(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      load(x, xOffset + i).sqrt().intoArray(out, outOffset + i);
    }
  }

  static void rsqrt(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      all(1f).div(load(x, xOffset + i).sqrt()).intoArray(out, outOffset + i);
    }
  }

  static void reciprocal(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      all(1f).div(load(x, xOffset + i)).intoArray(out, outOffset + i);
    }
  }

  static void exp(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      VectorMath.exp(load(x, xOffset + i)).intoArray(out, outOffset + i);
    }
  }

  static void expm1(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      VectorMath.expm1(load(x, xOffset + i)).intoArray(out, outOffset + i);
    }
  }

  static void log(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      VectorLog.log(load(x, xOffset + i)).intoArray(out, outOffset + i);
    }
  }

  static void log1p(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      VectorLog.log1p(load(x, xOffset + i)).intoArray(out, outOffset + i);
    }
  }

  static void tanh(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      VectorMath.tanh(load(x, xOffset + i)).intoArray(out, outOffset + i);
    }
  }

  static void sigmoid(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      VectorMath.sigmoid(load(x, xOffset + i)).intoArray(out, outOffset + i);
    }
  }

  static void erf(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      VectorMath.erf(load(x, xOffset + i)).intoArray(out, outOffset + i);
    }
  }
}
