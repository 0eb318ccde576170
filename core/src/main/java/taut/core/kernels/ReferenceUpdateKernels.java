package taut.core.kernels;

import taut.core.Storage;

/// The textbook of optimizer steps: one plain loop each, for every floating-point type, computed in
/// double.
enum ReferenceUpdateKernels implements UpdateKernels {
  INSTANCE;

  @Override
  public void descend(Storage w, Storage g, double rate, double keep) {
    for (int i = 0; i < w.length(); i++) {
      w.set(i, keep * w.get(i) - rate * g.get(i));
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
      double keep) {
    for (int i = 0; i < w.length(); i++) {
      double velocity = momentum * v.get(i) - rate * g.get(i);
      double step = nesterov ? momentum * velocity - rate * g.get(i) : velocity;
      v.set(i, velocity);
      w.set(i, keep * w.get(i) + step);
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
      double keep) {
    for (int i = 0; i < w.length(); i++) {
      moments(g.get(i), m, v, i, take1, take2);
      w.set(i, keep * w.get(i) - alpha * m.get(i) / (Math.sqrt(v.get(i)) + epsilon));
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
      double keep) {
    for (int i = 0; i < w.length(); i++) {
      moments(g.get(i), m, v, i, take1, take2);
      largest.set(i, Math.max(largest.get(i), v.get(i)));
      w.set(i, keep * w.get(i) - alpha * m.get(i) / (Math.sqrt(largest.get(i)) + epsilon));
    }
  }

  private static void moments(
      double gradient, Storage m, Storage v, int i, double take1, double take2) {
    m.set(i, m.get(i) + (gradient - m.get(i)) * take1);
    v.set(i, v.get(i) + (gradient * gradient - v.get(i)) * take2);
  }

  @Override
  public void average(Storage average, Storage w, double take) {
    for (int i = 0; i < w.length(); i++) {
      average.set(i, average.get(i) + (w.get(i) - average.get(i)) * take);
    }
  }
}
