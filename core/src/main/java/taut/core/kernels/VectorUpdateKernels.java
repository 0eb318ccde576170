package taut.core.kernels;

import taut.core.FloatStorage;
import taut.core.Storage;

/// What runs of the optimizer steps: SIMD loops for FLOAT32, the reference for FLOAT64.
enum VectorUpdateKernels implements UpdateKernels {
  INSTANCE;

  private final UpdateKernels reference = ReferenceUpdateKernels.INSTANCE;

  @Override
  public void descend(Storage w, Storage g, double rate, StepTerms terms) {
    if (w instanceof FloatStorage ws && g instanceof FloatStorage gs) {
      VectorOptimizer.descend(
          ws.array(), ws.offset(), gs.array(), gs.offset(), ws.length(), (float) rate, terms);
    } else {
      reference.descend(w, g, rate, terms);
    }
  }

  @Override
  public void momentum(
      Storage w,
      Storage g,
      Storage v,
      double rate,
      double momentum,
      boolean nesterov,
      StepTerms terms) {
    if (w instanceof FloatStorage ws
        && g instanceof FloatStorage gs
        && v instanceof FloatStorage vs) {
      VectorOptimizer.momentum(
          ws.array(),
          ws.offset(),
          gs.array(),
          gs.offset(),
          vs.array(),
          vs.offset(),
          ws.length(),
          (float) rate,
          (float) momentum,
          nesterov,
          terms);
    } else {
      reference.momentum(w, g, v, rate, momentum, nesterov, terms);
    }
  }

  @Override
  public void adam(
      Storage w,
      Storage g,
      Storage m,
      Storage v,
      double alpha,
      double take1,
      double take2,
      double epsilon,
      StepTerms terms) {
    if (w instanceof FloatStorage ws
        && g instanceof FloatStorage gs
        && m instanceof FloatStorage ms
        && v instanceof FloatStorage vs) {
      VectorAdam.adam(
          ws.array(),
          ws.offset(),
          gs.array(),
          gs.offset(),
          ms.array(),
          ms.offset(),
          vs.array(),
          vs.offset(),
          ws.length(),
          (float) alpha,
          (float) take1,
          (float) take2,
          (float) epsilon,
          terms);
    } else {
      reference.adam(w, g, m, v, alpha, take1, take2, epsilon, terms);
    }
  }

  @Override
  public void amsgrad(
      Storage w,
      Storage g,
      Storage m,
      Storage v,
      Storage largest,
      double alpha,
      double take1,
      double take2,
      double epsilon,
      StepTerms terms) {
    if (w instanceof FloatStorage ws
        && g instanceof FloatStorage gs
        && m instanceof FloatStorage ms
        && v instanceof FloatStorage vs
        && largest instanceof FloatStorage ls) {
      VectorAdam.amsgrad(
          ws.array(),
          ws.offset(),
          gs.array(),
          gs.offset(),
          ms.array(),
          ms.offset(),
          vs.array(),
          vs.offset(),
          ls.array(),
          ls.offset(),
          ws.length(),
          (float) alpha,
          (float) take1,
          (float) take2,
          (float) epsilon,
          terms);
    } else {
      reference.amsgrad(w, g, m, v, largest, alpha, take1, take2, epsilon, terms);
    }
  }

  @Override
  public void average(Storage average, Storage w, double take) {
    if (average instanceof FloatStorage as && w instanceof FloatStorage ws) {
      average(as, ws, (float) take);
    } else {
      reference.average(average, w, take);
    }
  }

  /// A loop so simple that the compiler makes vectors of it by itself.
  private static void average(FloatStorage average, FloatStorage w, float take) {
    float[] to = average.array();
    float[] from = w.array();
    int toStart = average.offset();
    int fromStart = w.offset();
    for (int i = 0; i < w.length(); i++) {
      to[toStart + i] += (from[fromStart + i] - to[toStart + i]) * take;
    }
  }
}
