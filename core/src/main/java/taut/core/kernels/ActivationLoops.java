package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.load;

/// Runs activation and rounding functions over arrays: the second half of [ElementaryLoops], with
/// the same form and the same contract (a whole number of vectors, in place allowed).
final class ActivationLoops {
  private ActivationLoops() {}

  static void sign(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      VectorActivation.sign(load(x, xOffset + i)).intoArray(out, outOffset + i);
    }
  }

  static void floor(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      VectorActivation.floor(load(x, xOffset + i)).intoArray(out, outOffset + i);
    }
  }

  static void ceil(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      VectorActivation.ceil(load(x, xOffset + i)).intoArray(out, outOffset + i);
    }
  }

  static void round(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      VectorActivation.round(load(x, xOffset + i)).intoArray(out, outOffset + i);
    }
  }

  static void relu(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      VectorActivation.relu(load(x, xOffset + i)).intoArray(out, outOffset + i);
    }
  }

  static void relu6(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      VectorActivation.relu6(load(x, xOffset + i)).intoArray(out, outOffset + i);
    }
  }

  static void selu(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      VectorActivation.selu(load(x, xOffset + i)).intoArray(out, outOffset + i);
    }
  }

  static void gelu(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      VectorActivation.gelu(load(x, xOffset + i)).intoArray(out, outOffset + i);
    }
  }

  static void geluTanh(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      VectorActivation.geluTanh(load(x, xOffset + i)).intoArray(out, outOffset + i);
    }
  }

  static void silu(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      VectorActivation.silu(load(x, xOffset + i)).intoArray(out, outOffset + i);
    }
  }

  static void softplus(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      VectorActivation.softplus(load(x, xOffset + i)).intoArray(out, outOffset + i);
    }
  }

  static void logSigmoid(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      VectorActivation.logSigmoid(load(x, xOffset + i)).intoArray(out, outOffset + i);
    }
  }

  static void mish(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      VectorActivation.mish(load(x, xOffset + i)).intoArray(out, outOffset + i);
    }
  }

  static void softsign(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      VectorActivation.softsign(load(x, xOffset + i)).intoArray(out, outOffset + i);
    }
  }

  static void hardSigmoid(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      VectorActivation.hardSigmoid(load(x, xOffset + i)).intoArray(out, outOffset + i);
    }
  }

  static void hardSilu(float[] x, int xOffset, float[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += COUNT) {
      VectorActivation.hardSilu(load(x, xOffset + i)).intoArray(out, outOffset + i);
    }
  }
}
