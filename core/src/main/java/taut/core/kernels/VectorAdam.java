package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.all;
import static taut.core.kernels.Lanes.load;

import java.util.Objects;
import jdk.incubator.vector.FloatVector;

/// Takes the steps of Adam (Kingma and Ba 2015) and AMSGrad (Reddi et al. 2018): float32 weights and
/// moments change in place, in one pass over memory.
///
///     m = m + (g - m)·(1 - beta1)
///     v = v + (g² - v)·(1 - beta2)
///     w = w - lost·w - alpha·m / (√v + epsilon)
///
/// As in Keras, `alpha = rate·√(1 - beta2^t) / (1 - beta1^t)` holds the bias correction of step t,
/// and [StepTerms] says how gradients are clipped and weights decay (AdamW). Long arrays are split among
/// threads at fixed places; each element's result is the same wherever it stands.
public final class VectorAdam {
  private VectorAdam() {}

  /// Takes one step of Adam.
  ///
  /// @param w the weights, changed
  /// @param g the gradients
  /// @param m the first moments, changed
  /// @param v the second moments, changed
  /// @param alpha the bias-corrected rate
  /// @param take1 `1 - beta1`, what the first moment takes from the new gradient
  /// @param take2 `1 - beta2`, what the second moment takes from its square
  /// @param epsilon what keeps the divisor from 0
  /// @param terms how gradients are read and weights decay
  /// @throws IndexOutOfBoundsException when a range leaves its array
  public static void adam(
      float[] w,
      int wOffset,
      float[] g,
      int gOffset,
      float[] m,
      int mOffset,
      float[] v,
      int vOffset,
      int length,
      float alpha,
      float take1,
      float take2,
      float epsilon,
      StepTerms terms) {
    Objects.checkFromIndexSize(wOffset, length, w.length);
    Objects.checkFromIndexSize(gOffset, length, g.length);
    Objects.checkFromIndexSize(mOffset, length, m.length);
    Objects.checkFromIndexSize(vOffset, length, v.length);
    VectorStepTerms vectorTerms = VectorStepTerms.of(terms);
    Blocks.forEach(
        length,
        (start, size) ->
            adamBlock(
                w,
                wOffset + start,
                g,
                gOffset + start,
                m,
                mOffset + start,
                v,
                vOffset + start,
                size,
                alpha,
                take1,
                take2,
                epsilon,
                vectorTerms));
  }

  private static void adamBlock(
      float[] w,
      int wOffset,
      float[] g,
      int gOffset,
      float[] m,
      int mOffset,
      float[] v,
      int vOffset,
      int length,
      float alpha,
      float take1,
      float take2,
      float epsilon,
      VectorStepTerms terms) {
    int i = 0;
    for (; i <= length - COUNT; i += COUNT) {
      FloatVector gradient = terms.gradient(g, gOffset + i);
      FloatVector first = load(m, mOffset + i);
      first = gradient.sub(first).fma(all(take1), first);
      first.intoArray(m, mOffset + i);
      FloatVector second = load(v, vOffset + i);
      second = gradient.mul(gradient).sub(second).fma(all(take2), second);
      second.intoArray(v, vOffset + i);
      FloatVector step = first.mul(-alpha).div(second.sqrt().add(epsilon));
      terms.move(w, wOffset + i, step);
    }
    for (; i < length; i++) {
      float gradient = terms.gradient(g[gOffset + i]);
      float first = m[mOffset + i];
      first = Math.fma(gradient - first, take1, first);
      m[mOffset + i] = first;
      float second = v[vOffset + i];
      second = Math.fma(gradient * gradient - second, take2, second);
      v[vOffset + i] = second;
      float step = first * -alpha / ((float) Math.sqrt(second) + epsilon);
      w[wOffset + i] = terms.moved(w[wOffset + i], step);
    }
  }

  /// Takes one step of AMSGrad, which divides by the largest second moment so far.
  ///
  /// @param largest the largest second moments so far, changed
  /// @param w the weights, changed
  /// @param g the gradients
  /// @param m the first moments, changed
  /// @param v the second moments, changed
  /// @param alpha the bias-corrected rate
  /// @param take1 `1 - beta1`, what the first moment takes from the new gradient
  /// @param take2 `1 - beta2`, what the second moment takes from its square
  /// @param epsilon what keeps the divisor from 0
  /// @param terms how gradients are read and weights decay
  /// @throws IndexOutOfBoundsException when a range leaves its array
  public static void amsgrad(
      float[] w,
      int wOffset,
      float[] g,
      int gOffset,
      float[] m,
      int mOffset,
      float[] v,
      int vOffset,
      float[] largest,
      int largestOffset,
      int length,
      float alpha,
      float take1,
      float take2,
      float epsilon,
      StepTerms terms) {
    Objects.checkFromIndexSize(wOffset, length, w.length);
    Objects.checkFromIndexSize(gOffset, length, g.length);
    Objects.checkFromIndexSize(mOffset, length, m.length);
    Objects.checkFromIndexSize(vOffset, length, v.length);
    Objects.checkFromIndexSize(largestOffset, length, largest.length);
    VectorStepTerms vectorTerms = VectorStepTerms.of(terms);
    Blocks.forEach(
        length,
        (start, size) ->
            amsgradBlock(
                w,
                wOffset + start,
                g,
                gOffset + start,
                m,
                mOffset + start,
                v,
                vOffset + start,
                largest,
                largestOffset + start,
                size,
                alpha,
                take1,
                take2,
                epsilon,
                vectorTerms));
  }

  private static void amsgradBlock(
      float[] w,
      int wOffset,
      float[] g,
      int gOffset,
      float[] m,
      int mOffset,
      float[] v,
      int vOffset,
      float[] largest,
      int largestOffset,
      int length,
      float alpha,
      float take1,
      float take2,
      float epsilon,
      VectorStepTerms terms) {
    int i = 0;
    for (; i <= length - COUNT; i += COUNT) {
      FloatVector gradient = terms.gradient(g, gOffset + i);
      FloatVector first = load(m, mOffset + i);
      first = gradient.sub(first).fma(all(take1), first);
      first.intoArray(m, mOffset + i);
      FloatVector second = load(v, vOffset + i);
      second = gradient.mul(gradient).sub(second).fma(all(take2), second);
      second.intoArray(v, vOffset + i);
      FloatVector divisor = load(largest, largestOffset + i).max(second);
      divisor.intoArray(largest, largestOffset + i);
      FloatVector step = first.mul(-alpha).div(divisor.sqrt().add(epsilon));
      terms.move(w, wOffset + i, step);
    }
    for (; i < length; i++) {
      float gradient = terms.gradient(g[gOffset + i]);
      float first = m[mOffset + i];
      first = Math.fma(gradient - first, take1, first);
      m[mOffset + i] = first;
      float second = v[vOffset + i];
      second = Math.fma(gradient * gradient - second, take2, second);
      v[vOffset + i] = second;
      float divisor = Math.max(largest[largestOffset + i], second);
      largest[largestOffset + i] = divisor;
      float step = first * -alpha / ((float) Math.sqrt(divisor) + epsilon);
      w[wOffset + i] = terms.moved(w[wOffset + i], step);
    }
  }
}
