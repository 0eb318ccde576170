package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.all;
import static taut.core.kernels.Lanes.load;

import java.util.Objects;
import jdk.incubator.vector.FloatVector;

/// Takes the steps of optimizers: weights and state change in place, in one pass over memory.
///
/// The formulas are those of Keras 3. Every step first multiplies the weights by `decay`, which is
/// 1 without weight decay and `1 - rate·weightDecay` with the decoupled one. Long arrays are split
/// among threads at fixed places; each element's result is the same wherever it stands.
///
/// In all methods w are the weights, g the gradients, each with the place where it begins.
public final class VectorOptimizer {
  private VectorOptimizer() {}

  /// Steps against the gradient: `w = decay·w - rate·g`.
  public static void descend(
      float[] w, int wOffset, float[] g, int gOffset, int length, float rate, float decay) {
    check(length, w, wOffset, g, gOffset);
    Blocks.forEach(
        length,
        (start, size) -> descendBlock(w, wOffset + start, g, gOffset + start, size, rate, decay));
  }

  private static void descendBlock(
      float[] w, int wOffset, float[] g, int gOffset, int length, float rate, float decay) {
    int i = 0;
    for (; i <= length - COUNT; i += COUNT) {
      FloatVector kept = load(w, wOffset + i).mul(decay);
      load(g, gOffset + i).fma(all(-rate), kept).intoArray(w, wOffset + i);
    }
    for (; i < length; i++) {
      w[wOffset + i] = Math.fma(g[gOffset + i], -rate, w[wOffset + i] * decay);
    }
  }

  /// Steps with momentum: `v = momentum·v - rate·g`, then `w = decay·w + v`, or with Nesterov's
  /// look-ahead `w = decay·w + momentum·v - rate·g`.
  ///
  /// @param v the velocities, changed too
  public static void momentum(
      float[] w,
      int wOffset,
      float[] g,
      int gOffset,
      float[] v,
      int vOffset,
      int length,
      float rate,
      float momentum,
      boolean nesterov,
      float decay) {
    check(length, w, wOffset, g, gOffset);
    Objects.checkFromIndexSize(vOffset, length, v.length);
    Blocks.forEach(
        length,
        (start, size) -> {
          int wStart = wOffset + start;
          int gStart = gOffset + start;
          int vStart = vOffset + start;
          if (nesterov) {
            nesterovBlock(w, wStart, g, gStart, v, vStart, size, rate, momentum, decay);
          } else {
            momentumBlock(w, wStart, g, gStart, v, vStart, size, rate, momentum, decay);
          }
        });
  }

  private static void momentumBlock(
      float[] w,
      int wOffset,
      float[] g,
      int gOffset,
      float[] v,
      int vOffset,
      int length,
      float rate,
      float momentum,
      float decay) {
    int i = 0;
    for (; i <= length - COUNT; i += COUNT) {
      FloatVector step = load(g, gOffset + i).mul(rate);
      FloatVector velocity = load(v, vOffset + i).fma(all(momentum), step.neg());
      velocity.intoArray(v, vOffset + i);
      load(w, wOffset + i).fma(all(decay), velocity).intoArray(w, wOffset + i);
    }
    for (; i < length; i++) {
      float velocity = Math.fma(v[vOffset + i], momentum, -(g[gOffset + i] * rate));
      v[vOffset + i] = velocity;
      w[wOffset + i] = Math.fma(w[wOffset + i], decay, velocity);
    }
  }

  private static void nesterovBlock(
      float[] w,
      int wOffset,
      float[] g,
      int gOffset,
      float[] v,
      int vOffset,
      int length,
      float rate,
      float momentum,
      float decay) {
    int i = 0;
    for (; i <= length - COUNT; i += COUNT) {
      FloatVector step = load(g, gOffset + i).mul(rate).neg();
      FloatVector velocity = load(v, vOffset + i).fma(all(momentum), step);
      velocity.intoArray(v, vOffset + i);
      FloatVector ahead = velocity.fma(all(momentum), step);
      load(w, wOffset + i).fma(all(decay), ahead).intoArray(w, wOffset + i);
    }
    for (; i < length; i++) {
      float step = -(g[gOffset + i] * rate);
      float velocity = Math.fma(v[vOffset + i], momentum, step);
      v[vOffset + i] = velocity;
      w[wOffset + i] = Math.fma(w[wOffset + i], decay, Math.fma(velocity, momentum, step));
    }
  }

  private static void check(int length, float[] w, int wOffset, float[] g, int gOffset) {
    Objects.checkFromIndexSize(wOffset, length, w.length);
    Objects.checkFromIndexSize(gOffset, length, g.length);
  }
}
