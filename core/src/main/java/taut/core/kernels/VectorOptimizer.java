package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.all;
import static taut.core.kernels.Lanes.load;

import java.util.Objects;
import jdk.incubator.vector.FloatVector;

/// Takes the steps of optimizers: weights and state change in place, in one pass over memory.
///
/// The formulas are those of Keras 3, with gradients and weight decay as [StepTerms] says. Long
/// arrays are split among threads at fixed places; each element's result is the same wherever it
/// stands.
///
/// In all methods w are the weights, g the gradients, each with the place where it begins.
public final class VectorOptimizer {
  private VectorOptimizer() {}

  /// Steps against the gradient: `w = w - lost·w - rate·g`.
  public static void descend(
      float[] w, int wOffset, float[] g, int gOffset, int length, float rate, StepTerms terms) {
    check(length, w, wOffset, g, gOffset);
    VectorStepTerms vectorTerms = VectorStepTerms.of(terms);
    Blocks.forEach(
        length,
        (start, size) ->
            descendBlock(w, wOffset + start, g, gOffset + start, size, rate, vectorTerms));
  }

  private static void descendBlock(
      float[] w,
      int wOffset,
      float[] g,
      int gOffset,
      int length,
      float rate,
      VectorStepTerms terms) {
    int i = 0;
    for (; i <= length - COUNT; i += COUNT) {
      terms.move(w, wOffset + i, terms.gradient(g, gOffset + i).mul(-rate));
    }
    for (; i < length; i++) {
      w[wOffset + i] = terms.moved(w[wOffset + i], terms.gradient(g[gOffset + i]) * -rate);
    }
  }

  /// Steps with momentum: `v = momentum·v - rate·g`, then `w = w - lost·w + v`, or with Nesterov's
  /// look-ahead `w = w - lost·w + momentum·v - rate·g`.
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
      StepTerms terms) {
    check(length, w, wOffset, g, gOffset);
    Objects.checkFromIndexSize(vOffset, length, v.length);
    VectorStepTerms vectorTerms = VectorStepTerms.of(terms);
    Blocks.forEach(
        length,
        (start, size) -> {
          int wStart = wOffset + start;
          int gStart = gOffset + start;
          int vStart = vOffset + start;
          if (nesterov) {
            nesterovBlock(w, wStart, g, gStart, v, vStart, size, rate, momentum, vectorTerms);
          } else {
            momentumBlock(w, wStart, g, gStart, v, vStart, size, rate, momentum, vectorTerms);
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
      VectorStepTerms terms) {
    int i = 0;
    for (; i <= length - COUNT; i += COUNT) {
      FloatVector step = terms.gradient(g, gOffset + i).mul(-rate);
      FloatVector velocity = load(v, vOffset + i).fma(all(momentum), step);
      velocity.intoArray(v, vOffset + i);
      terms.move(w, wOffset + i, velocity);
    }
    for (; i < length; i++) {
      float step = terms.gradient(g[gOffset + i]) * -rate;
      float velocity = Math.fma(v[vOffset + i], momentum, step);
      v[vOffset + i] = velocity;
      w[wOffset + i] = terms.moved(w[wOffset + i], velocity);
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
      VectorStepTerms terms) {
    int i = 0;
    for (; i <= length - COUNT; i += COUNT) {
      FloatVector step = terms.gradient(g, gOffset + i).mul(-rate);
      FloatVector velocity = load(v, vOffset + i).fma(all(momentum), step);
      velocity.intoArray(v, vOffset + i);
      terms.move(w, wOffset + i, velocity.fma(all(momentum), step));
    }
    for (; i < length; i++) {
      float step = terms.gradient(g[gOffset + i]) * -rate;
      float velocity = Math.fma(v[vOffset + i], momentum, step);
      v[vOffset + i] = velocity;
      w[wOffset + i] = terms.moved(w[wOffset + i], Math.fma(velocity, momentum, step));
    }
  }

  private static void check(int length, float[] w, int wOffset, float[] g, int gOffset) {
    Objects.checkFromIndexSize(wOffset, length, w.length);
    Objects.checkFromIndexSize(gOffset, length, g.length);
  }
}
